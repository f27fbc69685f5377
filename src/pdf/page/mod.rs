//! A page: its boxes, its content, its pictures and the printer's marks.

pub(super) mod content;
pub(super) mod geometry;
pub(super) mod marks;
pub(super) mod picture;
