//! The picture formats: what a file is, and what its header says, without decoding it.

pub(super) mod described_profile;
pub(super) mod detect;
pub(super) mod gif_bmp;
pub(super) mod header;
pub(super) mod ifd;
pub(super) mod jpeg;
pub(super) mod jxl;
pub(super) mod png;
pub(super) mod source;
pub(super) mod tiff;
pub(super) mod webp;
