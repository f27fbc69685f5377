//! Checks the pixels of the photos of a book, which only `check` does: a build copies most of them
//! without looking.

use crate::finding::Finding;
use crate::model::{Edition, EditionSet};
use crate::picture::{self, ImageProcessor};
use crate::preflight;

use super::project::Project;

impl Project {
    /// The findings about the pixels of photos where they are printed, if the print edition is one
    /// of these editions. They are in addition to those of [`Project::check`].
    ///
    /// Each photo is decoded once, on all threads within the memory budget of loading; the result is
    /// cached, whatever the layout is. Photos that cannot be decoded are left out, because loading
    /// reports them.
    pub fn check_photos(&self, editions: EditionSet) -> Vec<Finding> {
        if !self.with_included(editions).contains(Edition::Print) {
            return Vec::new();
        }
        let processor = ImageProcessor::new(self.processor().clone());
        let (book, pages) = (self.book(), self.pages());
        let print = &book.print;
        let profile = picture::press_profile(&print.profile);
        let mut findings = Vec::new();
        processor.photo_maps(pages.distinct_pictures(), profile, print.intent, |picture, map| {
            findings.extend(preflight::pixels::findings(book, pages, picture, map));
        });
        // A cache that cannot be written changes nothing here; a build reports it.
        processor.close();
        self.allowed().apply(findings)
    }
}
