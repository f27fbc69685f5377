//! What pictures say about themselves: XMP, IPTC-IIM and EXIF.

pub(super) mod iptc;
