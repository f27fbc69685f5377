//! Orders the photos and divides them into chapters.

use std::collections::BTreeMap;

use crate::manifest::keys::pages::PhotoOrder;
use crate::manifest::lower::globs::NaturalOrder;
use crate::model::Language;

use super::options::ChapterRule;
use super::photo::FoundPhoto;

/// The photos of a chapter, in the order of the book.
#[derive(Debug)]
pub(super) struct NewChapter {
    /// Its title; `None` for photos before the first chapter.
    pub title: Option<String>,
    /// Whether the author must find another title.
    pub is_provisional: bool,
    /// Its photos.
    pub photos: Vec<FoundPhoto>,
}

/// Divides the photos of a folder, which are in natural order. Folders are chapters if there are
/// several and the author does not say otherwise.
pub(super) fn divide(
    mut photos: Vec<FoundPhoto>,
    order: PhotoOrder,
    rule: Option<ChapterRule>,
    language: &Language,
) -> Vec<NewChapter> {
    if order == PhotoOrder::Taken {
        sort_by_time(&mut photos);
    }
    let folders = PhotoFolders::new(photos.iter().map(|photo| photo.name.as_str()));
    let rule = rule.unwrap_or(match folders.count() {
        0 | 1 => ChapterRule::None,
        _ => ChapterRule::Folder,
    });
    match rule {
        ChapterRule::None => vec![NewChapter { title: None, is_provisional: false, photos }],
        ChapterRule::Folder => by_folder(photos, &folders),
        ChapterRule::Day => by_day(photos, language),
    }
}

/// Sorts photos by time. Those without one come last, and those of the same second stay in the
/// order of their names.
pub(super) fn sort_by_time(photos: &mut [FoundPhoto]) {
    photos.sort_by(|a, b| (a.time.is_none(), &a.time).cmp(&(b.time.is_none(), &b.time)));
}

fn by_folder(photos: Vec<FoundPhoto>, folders: &PhotoFolders) -> Vec<NewChapter> {
    let mut chapters: Vec<(String, NewChapter)> = Vec::new();
    for photo in photos {
        let folder = folders.chapter(&photo.name).to_owned();
        if let Some((_, chapter)) = chapters.iter_mut().find(|(name, _)| *name == folder) {
            chapter.photos.push(photo);
        } else {
            let title = Some(title(&folder)).filter(|_| !folder.is_empty());
            let chapter = NewChapter { title, is_provisional: false, photos: vec![photo] };
            chapters.push((folder, chapter));
        }
    }
    let order = NaturalOrder::new();
    chapters.sort_by(|(a, _), (b, _)| {
        b.is_empty().cmp(&a.is_empty()).then_with(|| order.compare(a, b))
    });
    chapters.into_iter().map(|(_, chapter)| chapter).collect()
}

fn by_day(photos: Vec<FoundPhoto>, language: &Language) -> Vec<NewChapter> {
    let mut days = BTreeMap::new();
    // What is left out and has no date makes no chapter.
    let (photos, left_out): (Vec<_>, Vec<_>) =
        photos.into_iter().partition(|photo| photo.date.is_some() || photo.is_in_book());
    for photo in photos {
        let day = (photo.date.is_none(), photo.date);
        days.entry(day).or_insert_with(Vec::new).push(photo);
    }
    let days = days.into_iter().map(|((_, date), photos)| NewChapter {
        // A chapter of a book that is sold should not be called that; the author decides.
        title: Some(date.map_or_else(|| "?".to_owned(), |date| date.localized(language))),
        is_provisional: date.is_none(),
        photos,
    });
    let mut chapters: Vec<NewChapter> = days.collect();
    match chapters.last_mut() {
        Some(last) => last.photos.extend(left_out),
        None => chapters.push(NewChapter { title: None, is_provisional: false, photos: left_out }),
    }
    chapters
}

/// The folders that photos are in.
#[derive(Debug)]
pub(super) struct PhotoFolders {
    /// The folder that contains all photos, with a `/` at its end, or nothing.
    common: String,
    names: Vec<String>,
}

impl PhotoFolders {
    pub(super) fn new<'n>(photos: impl Iterator<Item = &'n str> + Clone) -> Self {
        let folder = |name: &'n str| name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let common = photos.clone().map(folder).reduce(|a, b| {
            let same = a.split('/').zip(b.split('/')).take_while(|(a, b)| a == b);
            let length = same.map(|(part, _)| part.len() + 1).sum::<usize>();
            &a[..length.saturating_sub(1)]
        });
        let common = match common {
            None | Some("") => String::new(),
            Some(common) => format!("{common}/"),
        };
        let mut folders = Self { common, names: Vec::new() };
        for photo in photos {
            let name = folders.chapter(photo).to_owned();
            if !folders.names.contains(&name) {
                folders.names.push(name);
            }
        }
        folders
    }

    /// The folder whose chapter a photo is in: the first below the common one. Empty for a photo
    /// that is in none.
    pub(super) fn chapter<'n>(&self, photo: &'n str) -> &'n str {
        let below = photo.strip_prefix(&self.common).unwrap_or(photo);
        below.split_once('/').map_or("", |(folder, _)| folder)
    }

    fn count(&self) -> usize {
        self.names.len()
    }
}

/// The title that the name of a folder suggests: `02_winter-road` is `Winter road`.
pub(crate) fn title(folder: &str) -> String {
    let without_number = folder
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim_start_matches(['-', '_', '.', ' ', ')']);
    let number = &folder[..folder.len() - without_number.len()];
    // `2026 Norway` starts with a year, and `3D` with a word.
    let is_number = number.ends_with(['-', '_', '.', ' ', ')'])
        && number.trim_end_matches(['-', '_', '.', ' ', ')']).len() <= 3
        && !without_number.is_empty();
    let name = if is_number { without_number } else { folder };
    // Hyphens join words where there are no spaces: `New-York`, but `Aix-en-Provence 2026`.
    let has_spaces = name.contains(' ');
    let spaced: String = name
        .chars()
        .map(|c| match c {
            '_' => ' ',
            '-' if !has_spaces && !is_date(name) => ' ',
            c => c,
        })
        .collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => folder.to_owned(),
    }
}

/// Whether a name starts with a date, whose hyphens stay.
fn is_date(name: &str) -> bool {
    let digits = |text: Option<&str>| {
        text.is_some_and(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let mut parts = name.split('-');
    digits(parts.next()) && digits(parts.next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_folder_becomes_a_title() {
        for (folder, expected) in [
            ("winter-road", "Winter road"),
            ("02_february", "February"),
            ("3. Norway", "Norway"),
            ("2026 Norway", "2026 Norway"),
            ("2026-02-14", "2026-02-14"),
            ("Aix-en-Provence 2026", "Aix-en-Provence 2026"),
            ("élan", "Élan"),
            ("12", "12"),
            ("3D", "3D"),
        ] {
            assert_eq!(title(folder), expected);
        }
    }

    #[test]
    fn chapters_are_the_folders_below_the_common_one() {
        let of = |names: &[&str]| {
            let folders = PhotoFolders::new(names.iter().copied());
            names.iter().map(|name| folders.chapter(name).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(of(&["photos/1.jpg", "photos/2.jpg"]), ["", ""]);
        assert_eq!(of(&["p/a/1.jpg", "p/b/x/2.jpg", "p/3.jpg"]), ["a", "b", ""]);
        assert_eq!(of(&["ab/1.jpg", "abc/2.jpg"]), ["ab", "abc"]);
        assert_eq!(of(&["1.jpg", "b/2.jpg"]), ["", "b"]);
    }
}
