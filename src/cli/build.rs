//! `recto build`: writes the editions.
