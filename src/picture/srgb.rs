//! The profile of pictures that say nothing about their colours.

/// sRGB (IEC 61966-2-1) as an ICC profile of version 2, which every printer's
/// software reads; its origin stands in `profiles/README.md`.
pub fn srgb() -> &'static [u8] {
    include_bytes!("profiles/sRGB.icc")
}
