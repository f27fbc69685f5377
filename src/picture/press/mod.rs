//! Photos for PDF files: a JPEG's own data where it can be copied, converted samples otherwise.

pub(super) mod convert;
pub(super) mod options;
pub(super) mod pdf_image;
pub(super) mod png_predictor;
pub(super) mod xmp_packet;
