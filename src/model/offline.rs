//! The manifest's settings for the offline edition.

use super::{Edition, EditionSet, OfflineForm};

/// The settings in the manifest's `offline` section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Offline {
    /// Whether it is a ZIP archive, a folder or one file.
    pub form: OfflineForm,
    /// The maximum length of a picture's longer side, in pixels.
    pub max_edge: u32,
    /// The editions that the manifest puts inside; `None` if it does not say.
    pub include: Option<EditionSet>,
    /// The maximum size of all its files together, in bytes.
    pub max_size: Option<u64>,
    /// Whether the manifest has this section.
    pub requested: bool,
}

impl Offline {
    /// The editions that lie inside, beside the pages for browsers. One HTML file has none.
    pub fn included(&self) -> EditionSet {
        match self.form {
            OfflineForm::File => EditionSet::EMPTY,
            OfflineForm::Zip | OfflineForm::Folder => {
                self.include.unwrap_or_else(|| [Edition::Epub, Edition::Screen].into())
            }
        }
    }
}

impl Default for Offline {
    fn default() -> Self {
        Self {
            form: OfflineForm::Zip,
            max_edge: 2048,
            include: None,
            max_size: None,
            requested: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_includes_an_ebook_and_a_pdf_unless_the_manifest_says_otherwise() {
        let archive = Offline::default();
        assert!(archive.included().iter().eq([Edition::Epub, Edition::Screen]));
        let print = Offline { include: Some(Edition::Print.into()), ..archive };
        assert!(print.included().iter().eq([Edition::Print]));
        let nothing = Offline { include: Some(EditionSet::EMPTY), ..archive };
        assert!(nothing.included().is_empty());
        let file = Offline { form: OfflineForm::File, ..archive };
        assert!(file.included().is_empty());
    }
}
