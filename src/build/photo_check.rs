//! Checks the pixels of the photos of a book, which only `check` does: a build copies most of them
//! without looking.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::model::{Edition, EditionSet, Pages};
use crate::picture::{self, ImageProcessor};
use crate::preflight;

use super::project::Project;

impl Project {
    /// The findings about the pixels of photos where they are printed, if the print edition or the
    /// printed cover is one of these editions. They are in addition to those of [`Project::check`].
    ///
    /// Each photo is decoded once, on all threads within the memory budget of loading; the result is
    /// cached, whatever the layout is. Photos that cannot be decoded are left out, because loading
    /// reports them.
    pub fn check_photos(&self, editions: EditionSet) -> Vec<Finding> {
        let editions = self.with_included(editions);
        let pages = Some(self.pages()).filter(|_| editions.contains(Edition::Print));
        let cover = self.cover().ok().filter(|_| editions.contains(Edition::Cover));
        let cover = cover.map(|cover| &cover.pages);
        let mut seen = BTreeSet::new();
        let pictures = pages.into_iter().chain(cover).flat_map(Pages::distinct_pictures);
        let pictures = pictures.filter(|picture| seen.insert(&picture.path));

        let processor = ImageProcessor::new(self.processor().clone());
        let book = self.book();
        let print = &book.print;
        let profile = picture::press_profile(&print.profile);
        let mut findings = Vec::new();
        processor.photo_maps(pictures, profile, print.intent, |picture, map| {
            let on_pages = pages.map(|it| preflight::pixels::findings(book, it, picture, map));
            let mut found: Vec<Finding> = on_pages.into_iter().flatten().collect();
            let on_cover =
                cover.map(|it| preflight::pixels::cover_findings(book, it, picture, map));
            for finding in on_cover.into_iter().flatten() {
                // A photo that is also on a page has one finding for both.
                let same =
                    |it: &&mut Finding| it.code == finding.code && it.message == finding.message;
                match found.iter_mut().find(same) {
                    Some(first) => first.editions = first.editions.union(finding.editions),
                    None => found.push(finding),
                }
            }
            findings.extend(found);
        });
        // A cache that cannot be written changes nothing here; a build reports it.
        processor.close();
        self.allowed().apply(findings)
    }
}
