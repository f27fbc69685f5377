//! Plates: their sizes, their captions, and their order on facing pages.

pub(super) mod caption;
pub(super) mod columns;
pub(super) mod context;
pub(super) mod crop;
pub(super) mod facing;
pub(super) mod full_bleed;
pub(super) mod hang_line;
pub(super) mod labels;
pub(super) mod optical_centre;
pub(super) mod plate;
pub(super) mod plate_run;
pub(super) mod sequence;
pub(super) mod sizes;
