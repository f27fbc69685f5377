//! Openings: titles that fit, the text below them, and the pictures before or below them.

pub(super) mod one_page;
pub(super) mod opener;
pub(super) mod opening;
pub(super) mod picture_opening;
pub(super) mod titles;
