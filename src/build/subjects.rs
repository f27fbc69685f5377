//! Decides what is kept of the photos that are cropped, if the author does not say so.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::layout;
use crate::model::{
    Book, CaptionPosition, Captions, Cover, Entry, Picture, Plate, PlateLayout, Subject,
};
use crate::picture::{ImageProcessor, ProcessorOptions};

/// Sets what stands out in the photos that are cropped, and frames those that open chapters if a crop
/// would take too much of them. A photo in which nothing can be found keeps its usual crop.
pub(super) fn set(book: &mut Book, options: &ProcessorOptions) {
    let found = find(book, options);
    if !found.is_empty() {
        book.for_each_picture_mut(&mut |picture| {
            picture.subject = found.get(&picture.path).copied();
        });
    }
    frame_openers(book);
}

fn find(book: &Book, options: &ProcessorOptions) -> BTreeMap<PathBuf, Subject> {
    let mut found = BTreeMap::new();
    let cropped = cropped(book);
    if cropped.is_empty() {
        return found;
    }
    let processor = ImageProcessor::new(options.clone());
    processor.subjects(cropped, |pictures, subject| {
        let paths = pictures.iter().map(|(_, picture)| picture.path.clone());
        found.extend(subject.into_iter().flat_map(|it| paths.clone().map(move |path| (path, it))));
    });
    processor.close();
    found
}

/// The photos of which a crop keeps what the author does not name.
fn cropped(book: &Book) -> Vec<&Picture> {
    let mut cropped = Vec::new();
    if let Cover::Photo { picture, focus: None, .. } = &book.cover {
        cropped.push(picture.as_ref());
    }
    cropped.extend(book.cover_back.photo.as_deref());
    let is_cropped = |plate: &&Plate| plate.layout != PlateLayout::Framed && plate.focus.is_none();
    let plates = book.plates_and_openers().map(|(_, plate)| plate).filter(is_cropped);
    cropped.extend(plates.map(|plate| &plate.picture));
    cropped
}

fn frame_openers(book: &mut Book) {
    let may_fill = |plate: &Plate| {
        !plate.is_layout_free
            || plate.layout != PlateLayout::FullBleed
            || plate.focus.is_some()
            || layout::may_fill_page(book, &plate.picture)
    };
    let framed: Vec<bool> = book
        .entries
        .iter()
        .map(|entry| {
            let picture = entry.opening().and_then(|opening| opening.picture.as_deref());
            picture.is_some_and(|plate| !may_fill(plate))
        })
        .collect();
    for (entry, framed) in book.entries.iter_mut().zip(framed) {
        if let Entry::Part(opening) | Entry::Chapter(opening) = entry
            && let Some(plate) = opening.picture.as_deref_mut().filter(|_| framed)
        {
            plate.layout = PlateLayout::Framed;
            // In a frame, the caption is where the design has it.
            if book.design.style.captions != Captions::Facing {
                plate.caption_position = CaptionPosition::Below;
            }
        }
    }
}
