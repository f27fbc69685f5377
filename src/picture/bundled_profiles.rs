//! The ICC profiles that are bundled with recto; `profiles/README.md` has their origins and
//! licences.

/// sRGB (IEC 61966-2-1) as an ICC profile of version 2, which all printers' software can read.
pub fn srgb() -> &'static [u8] {
    include_bytes!("profiles/sRGB.icc")
}

/// ISO Coated v2 300 % (FOGRA39), total ink 300 %.
pub fn fogra39() -> &'static [u8] {
    include_bytes!("profiles/ISOcoated_v2_300_bas.icc")
}
