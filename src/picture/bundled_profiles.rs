//! The ICC profiles that are bundled with recto; `profiles/README.md` has their origins and
//! licences.

use crate::model::BundledProfile;

/// sRGB (IEC 61966-2-1) as an ICC profile of version 2, which all printers' software can read.
pub fn srgb() -> &'static [u8] {
    include_bytes!("profiles/sRGB.icc")
}

/// The profile of a printing condition.
pub fn bundled_profile(condition: BundledProfile) -> &'static [u8] {
    match condition {
        BundledProfile::Fogra39 => fogra39(),
        BundledProfile::Gracol2006 => include_bytes!("profiles/GRACoL2006_TR006.icc"),
    }
}

/// ISO Coated v2 300 % (FOGRA39), total ink 300 %.
pub fn fogra39() -> &'static [u8] {
    include_bytes!("profiles/ISOcoated_v2_300_bas.icc")
}
