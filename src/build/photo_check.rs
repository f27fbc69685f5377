//! Checks the pixels of the photos of a book, which only `check` does: a build copies most of them
//! without looking.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Finding;
use crate::model::{Edition, EditionSet, Pages, PhotoMap, Picture};
use crate::picture::{self, ImageProcessor};
use crate::preflight;
use crate::preflight::pixels::PhotoPlaces;

use super::project::Project;

impl Project {
    /// The findings about the pixels of photos where they are printed, if the print edition or the
    /// printed cover is one of these editions. They are in addition to those of [`Project::check`].
    ///
    /// Each photo is decoded once, on all threads within the memory budget of loading; the result
    /// is cached, whatever the layout is. Photos that cannot be decoded are left out, because
    /// loading reports them.
    pub fn check_photos(&self, editions: EditionSet) -> Vec<Finding> {
        self.check_photos_with_progress(editions, |_, _| {})
    }

    /// Like [`Project::check_photos`]. Calls `examined` after each file with the number of photos
    /// that are done and of all.
    pub fn check_photos_with_progress(
        &self,
        editions: EditionSet,
        mut examined: impl FnMut(usize, usize),
    ) -> Vec<Finding> {
        let editions = self.with_included(editions);
        let pages = Some(self.pages()).filter(|_| editions.contains(Edition::Print));
        let cover = self.cover().ok().filter(|_| editions.contains(Edition::Cover));
        let cover = cover.map(|cover| &cover.pages);
        let mut seen = BTreeSet::new();
        let pictures = pages.into_iter().chain(cover).flat_map(Pages::distinct_pictures);
        let pictures: Vec<_> = pictures.filter(|picture| seen.insert(&picture.path)).collect();
        let count = pictures.len();

        let processor = ImageProcessor::new(self.processor().clone());
        let book = self.book();
        let print = &book.print;
        let profile = picture::press_profile(&print.profile);
        let pages = pages.map(|pages| PhotoPlaces::new(book, pages));
        let cover = cover.map(|cover| PhotoPlaces::new(book, cover));
        let find = |picture: &Picture, map: &PhotoMap| {
            let on_pages =
                pages.as_ref().map(|it| preflight::pixels::findings(book, it, picture, map));
            let mut found: Vec<Finding> = on_pages.into_iter().flatten().collect();
            let on_cover =
                cover.as_ref().map(|it| preflight::pixels::cover_findings(book, it, picture, map));
            for finding in on_cover.into_iter().flatten() {
                // A photo that is also on a page has one finding for both.
                let same =
                    |it: &&mut Finding| it.code == finding.code && it.message == finding.message;
                match found.iter_mut().find(same) {
                    Some(first) => first.editions = first.editions.union(finding.editions),
                    None => found.push(finding),
                }
            }
            found
        };
        let mut findings = BTreeMap::new();
        let mut done = 0;
        processor.photo_maps(pictures, profile, print.intent, |pictures, map| {
            for (number, picture) in pictures {
                if let Some(map) = map {
                    findings.insert(*number, find(picture, map));
                }
            }
            done += pictures.len();
            examined(done, count);
        });
        let findings = findings.into_values().flatten().collect();
        // A cache that cannot be written changes nothing here; a build reports it.
        processor.close();
        self.allowed().apply(findings)
    }
}
