//! The presets of printers: a YAML file for each, which can be copied and changed.

mod sheet;

pub use sheet::{PrinterFact, PrinterSheet};

const BUNDLED: [(&str, &str); 9] = [
    ("blurb", include_str!("blurb.yaml")),
    ("bod", include_str!("bod.yaml")),
    ("gelato", include_str!("gelato.yaml")),
    ("generic", include_str!("generic.yaml")),
    ("ingramspark", include_str!("ingramspark.yaml")),
    ("kdp", include_str!("kdp.yaml")),
    ("lulu", include_str!("lulu.yaml")),
    ("mixam", include_str!("mixam.yaml")),
    ("prodigi", include_str!("prodigi.yaml")),
];

/// The names of the presets, in alphabetical order.
pub(crate) fn names() -> Vec<&'static str> {
    BUNDLED.iter().map(|(name, _)| *name).collect()
}

/// The file of a preset.
pub(crate) fn file(name: &str) -> Option<&'static str> {
    BUNDLED.iter().find(|(bundled, _)| *bundled == name).map(|(_, text)| *text)
}

/// The sheet of a preset.
pub(crate) fn sheet(name: &str) -> Option<PrinterSheet> {
    sheet::sheet(name, file(name)?)
}
