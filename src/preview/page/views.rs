//! What a preview shows, depending on the editions.

use crate::model::{Edition, EditionSet};

/// The editions and how they are shown.
#[derive(Debug, Clone, Copy)]
pub(in crate::preview) struct Views(pub(in crate::preview) EditionSet);

impl Views {
    /// Whether there are laid-out pages.
    pub(in crate::preview) fn has_pages(self) -> bool {
        self.0.iter().any(Edition::is_paged)
    }

    /// Whether the pages are printed, so that they have a bleed.
    pub(in crate::preview) fn is_printed(self) -> bool {
        self.0.contains(Edition::Print)
    }

    /// Whether the printed cover is shown.
    pub(in crate::preview) fn has_cover(self) -> bool {
        self.0.contains(Edition::Cover)
    }

    /// Whether there is a reflowable e-book, or the offline edition, whose text is the same.
    pub(in crate::preview) fn has_ebook(self) -> bool {
        self.0.contains(Edition::Epub) || self.0.contains(Edition::Offline)
    }

    /// What the laid-out pages are called.
    pub(in crate::preview) fn name_of_pages(self) -> &'static str {
        if self.is_printed() {
            "Print"
        } else if self.0.contains(Edition::EpubFixed) {
            "Fixed layout"
        } else {
            "Screen PDF"
        }
    }
}
