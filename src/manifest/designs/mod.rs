//! The bundled designs: each is a complete file that can be copied and changed.

const BUNDLED: [(&str, &str); 5] = [
    ("classic", include_str!("classic.yaml")),
    ("modern", include_str!("modern.yaml")),
    ("exhibition", include_str!("exhibition.yaml")),
    ("album", include_str!("album.yaml")),
    ("newspaper", include_str!("newspaper.yaml")),
];

/// The names of the bundled designs.
pub(crate) fn names() -> Vec<&'static str> {
    BUNDLED.iter().map(|(name, _)| *name).collect()
}

/// The file of a bundled design.
pub(crate) fn file(name: &str) -> Option<&'static str> {
    BUNDLED.iter().find(|(bundled, _)| *bundled == name).map(|(_, text)| *text)
}
