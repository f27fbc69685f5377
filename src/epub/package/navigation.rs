//! Navigation: the table of contents, landmarks, the list of plates and the page list.

use std::ops::Range;

use crate::model::{Language, Strings};

use crate::epub::content::parts::Part;

/// A labelled link to a position in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::epub) struct NavigationPoint {
    /// The text of the link.
    pub(in crate::epub) label: String,
    /// The file, optionally with a fragment.
    pub(in crate::epub) href: String,
    /// The nested navigation points.
    pub(in crate::epub) children: Vec<NavigationPoint>,
}

impl NavigationPoint {
    /// Creates a navigation point without children.
    pub(in crate::epub) fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), children: Vec::new() }
    }

    /// The number of levels, including this one.
    pub(in crate::epub) fn depth(&self) -> usize {
        1 + self.children.iter().map(Self::depth).max().unwrap_or(0)
    }
}

/// A landmark: a navigation point with its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::epub) struct Landmark {
    /// The `epub:type`.
    pub(in crate::epub) kind: &'static str,
    /// The link.
    pub(in crate::epub) point: NavigationPoint,
}

/// The table of contents. A book with chapters lists them, under the parts that they belong to, and
/// its plates are in a separate list; in a book without chapters the plates are listed, each run of
/// them under one heading so that a hundred captions do not hide an afterword.
pub(in crate::epub) fn contents(parts: &[Part<'_>], language: &Language) -> Vec<NavigationPoint> {
    let has_chapters = parts.iter().any(|part| part.entry.opening().is_some());
    let mut points: Vec<NavigationPoint> = Vec::new();
    let mut index = 0;
    while let Some(part) = parts.get(index) {
        let run = run_of_plates(parts, index);
        if run.is_empty() {
            if !part.is_front() {
                let point = NavigationPoint::new(&part.label, part.href());
                match points.last_mut() {
                    Some(last) if part.is_nested => last.children.push(point),
                    _ => points.push(point),
                }
            }
            index += 1;
            continue;
        }
        if !has_chapters {
            points.push(plate_group(&parts[run.clone()], language));
        }
        index = run.end;
    }
    points
}

fn run_of_plates(parts: &[Part<'_>], start: usize) -> Range<usize> {
    let length = parts[start..].iter().take_while(|part| part.plate.is_some()).count();
    start..start + length
}

fn plate_group(plates: &[Part<'_>], language: &Language) -> NavigationPoint {
    let number = |part: Option<&Part<'_>>| part.and_then(|part| part.plate).unwrap_or(0);
    let (first, last) = (number(plates.first()), number(plates.last()));
    let href = plates.first().map(Part::href).unwrap_or_default();
    if let [only] = plates {
        return NavigationPoint::new(&only.label, href);
    }
    let numbers = language.digits().write(format!("{first}–{last}"));
    NavigationPoint {
        children: list_of_plates(plates),
        ..NavigationPoint::new(
            format!("{} {numbers}", Strings::for_language(language).plates),
            href,
        )
    }
}

/// The list of plates by their labels.
pub(in crate::epub) fn list_of_plates(parts: &[Part<'_>]) -> Vec<NavigationPoint> {
    let plates = parts.iter().filter(|part| part.plate.is_some());
    plates.map(|part| NavigationPoint::new(&part.label, part.href())).collect()
}

/// The page list of a part.
pub(in crate::epub) fn pages(part: &Part<'_>) -> Vec<NavigationPoint> {
    let href = |id: String| format!("{}#{id}", part.file);
    part.breaks.iter().map(|page| NavigationPoint::new(page.label(), href(page.id()))).collect()
}
