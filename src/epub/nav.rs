//! What a reader finds the way by: contents, landmarks, the list of plates, page numbers.

use std::ops::Range;

use crate::model::{Entry, Words};

use super::parts::Part;

/// A place in the book with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// What it is called.
    pub(super) label: String,
    /// The file, perhaps with a fragment.
    pub(super) href: String,
    /// The places within.
    pub(super) children: Vec<Place>,
}

impl Place {
    /// A place without others in it.
    pub(super) fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), children: Vec::new() }
    }

    /// How many levels there are, this one counted.
    pub(super) fn depth(&self) -> usize {
        1 + self.children.iter().map(Self::depth).max().unwrap_or(0)
    }
}

/// A landmark: a place with its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Landmark {
    /// The `epub:type`.
    pub(super) kind: &'static str,
    /// The place.
    pub(super) place: Place,
}

/// The contents. A book with chapters is found its way in by them, and its plates have a
/// list of their own; in a book without chapters the plates are the contents, each run of
/// them under one heading so that a hundred captions do not hide an afterword.
pub(super) fn contents(parts: &[Part<'_>], words: &Words) -> Vec<Place> {
    let has_chapters = parts.iter().any(|part| matches!(part.entry, Entry::Chapter(_)));
    let mut places = Vec::new();
    let mut index = 0;
    while let Some(part) = parts.get(index) {
        let run = run_of_plates(parts, index);
        if run.is_empty() {
            if !part.is_front() {
                places.push(Place::new(&part.label, &part.file));
            }
            index += 1;
            continue;
        }
        if !has_chapters {
            places.push(group(&parts[run.clone()], words));
        }
        index = run.end;
    }
    places
}

fn run_of_plates(parts: &[Part<'_>], start: usize) -> Range<usize> {
    let length = parts[start..].iter().take_while(|part| part.plate.is_some()).count();
    start..start + length
}

fn group(plates: &[Part<'_>], words: &Words) -> Place {
    let number = |part: Option<&Part<'_>>| {
        part.and_then(|part| part.plate.as_ref()).map_or(0, |(number, _)| *number)
    };
    let (first, last) = (number(plates.first()), number(plates.last()));
    let href = plates.first().map_or("", |part| part.file.as_str());
    if let [only] = plates {
        return Place::new(&only.label, href);
    }
    Place {
        children: list_of_plates(plates),
        ..Place::new(format!("{} {first}–{last}", words.plates), href)
    }
}

/// The plates by their captions.
pub(super) fn list_of_plates(parts: &[Part<'_>]) -> Vec<Place> {
    let plates = parts.iter().filter(|part| part.plate.is_some());
    plates.map(|part| Place::new(&part.label, &part.file)).collect()
}

/// The page numbers of a part.
pub(super) fn pages(part: &Part<'_>) -> Vec<Place> {
    let href = |id: String| format!("{}#{id}", part.file);
    part.breaks.iter().map(|page| Place::new(&page.label, href(page.id()))).collect()
}
