//! Small books, made on the spot.
