//! What a reader finds the way by: contents, landmarks, the list of plates, page numbers.

use std::ops::Range;

use crate::model::{Entry, Strings};

use crate::epub::content::parts::Part;

/// A place in the book with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::epub) struct NavigationPoint {
    /// What it is called.
    pub(in crate::epub) label: String,
    /// The file, perhaps with a fragment.
    pub(in crate::epub) href: String,
    /// The places within.
    pub(in crate::epub) children: Vec<NavigationPoint>,
}

impl NavigationPoint {
    /// A place without others in it.
    pub(in crate::epub) fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), children: Vec::new() }
    }

    /// How many levels there are, this one counted.
    pub(in crate::epub) fn depth(&self) -> usize {
        1 + self.children.iter().map(Self::depth).max().unwrap_or(0)
    }
}

/// A landmark: a place with its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::epub) struct Landmark {
    /// The `epub:type`.
    pub(in crate::epub) kind: &'static str,
    /// The place.
    pub(in crate::epub) place: NavigationPoint,
}

/// The contents. A book with chapters is found its way in by them, and its plates have a
/// list of their own; in a book without chapters the plates are the contents, each run of
/// them under one heading so that a hundred captions do not hide an afterword.
pub(in crate::epub) fn contents(parts: &[Part<'_>], words: &Strings) -> Vec<NavigationPoint> {
    let has_chapters = parts.iter().any(|part| matches!(part.entry, Entry::Chapter(_)));
    let mut places = Vec::new();
    let mut index = 0;
    while let Some(part) = parts.get(index) {
        let run = run_of_plates(parts, index);
        if run.is_empty() {
            if !part.is_front() {
                places.push(NavigationPoint::new(&part.label, &part.file));
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

fn group(plates: &[Part<'_>], words: &Strings) -> NavigationPoint {
    let number = |part: Option<&Part<'_>>| part.and_then(|part| part.plate).unwrap_or(0);
    let (first, last) = (number(plates.first()), number(plates.last()));
    let href = plates.first().map_or("", |part| part.file.as_str());
    if let [only] = plates {
        return NavigationPoint::new(&only.label, href);
    }
    NavigationPoint {
        children: list_of_plates(plates),
        ..NavigationPoint::new(format!("{} {first}–{last}", words.plates), href)
    }
}

/// The plates by their captions.
pub(in crate::epub) fn list_of_plates(parts: &[Part<'_>]) -> Vec<NavigationPoint> {
    let plates = parts.iter().filter(|part| part.plate.is_some());
    plates.map(|part| NavigationPoint::new(&part.label, &part.file)).collect()
}

/// The page numbers of a part.
pub(in crate::epub) fn pages(part: &Part<'_>) -> Vec<NavigationPoint> {
    let href = |id: String| format!("{}#{id}", part.file);
    part.breaks.iter().map(|page| NavigationPoint::new(&page.label, href(page.id()))).collect()
}
