//! Detects image formats and reads the headers and metadata of files, without decoding pixels.

pub(super) mod described_profile;
pub(super) mod detect;
pub(super) mod gif_bmp;
pub(super) mod header;
pub(super) mod heif;
pub(super) mod jpeg;
pub(super) mod jxl;
pub(super) mod png;
pub(super) mod source;
pub(super) mod tiff;
pub(super) mod tiff_directory;
pub(super) mod tiff_images;
pub(super) mod webp;
