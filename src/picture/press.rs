//! The press profile that travels with recto.

/// ISO Coated v2 300 % (FOGRA39), total ink 300 %; its origin and licence stand in
/// `profiles/README.md`.
pub fn fogra39() -> &'static [u8] {
    include_bytes!("profiles/ISOcoated_v2_300_bas.icc")
}
