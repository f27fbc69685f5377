//! Writes pages: boxes, content, pictures and printer's marks.

pub(super) mod content;
pub(super) mod geometry;
pub(super) mod guides;
pub(super) mod marks;
pub(super) mod picture;
