//! Finds what would break the standards that a file claims, before it is written.

use std::collections::BTreeSet;

use crate::model::{Book, ColorModel, Page, Pages, Picture, Standards};

use crate::pdf::error::PdfError;
use crate::pdf::file::output_intent::OutputIntent;
use crate::pdf::options::{Options, PictureOptions};
use crate::pdf::page::geometry::{PageBoxes, pt};
use crate::pdf::page::picture::picture_of;
use crate::pdf::violation::{ProfileFault, Violation};

/// The least and the greatest side of a page, in points (ISO 19005-2, 6.1.13).
const PAGE_SIDES: std::ops::RangeInclusive<f32> = 3.0..=14_400.0;
/// The maximum length of a string in bytes (ISO 19005-2, 6.1.13).
const MAX_STRING: usize = 32_767;

/// Checks that a file with these pages will meet the standards that it claims. What is the same in
/// every file, such as its header, is not checked here.
///
/// # Errors
///
/// A rule would be broken.
pub(in crate::pdf) fn check(
    book: &Book,
    pages: &Pages,
    options: &Options<'_>,
    intent: Option<&OutputIntent<'_>>,
) -> Result<(), PdfError> {
    let standards = options.standard;
    if standards.is_none() {
        return Ok(());
    }
    let mut violations = Vec::new();
    if book.title.trim().is_empty() {
        violations.push(Violation::NoTitle);
    }
    if standards.a2b {
        violations.extend(long_text(book));
        violations.extend(long_alt_text(pages, options));
    }
    if standards.ua1 {
        let undescribed = pages.undescribed_pictures();
        let photo = undescribed.first().map(|photo| photo.name.clone());
        violations.extend(photo.map(|photo| Violation::NoAltText { photo }));
        violations.extend((!options.tagged).then_some(Violation::NotTagged));
    }
    let profile = intent.map_or(&[][..], |intent| intent.bytes);
    if intent.is_some() {
        let fault = output_profile_fault(profile, standards);
        violations.extend(fault.map(Violation::OutputProfile));
    }
    violations.extend(pages.pages.iter().find_map(|page| page_size(page, pages, options)));
    let has_links = pages.pages.iter().any(|page| !page.links.is_empty());
    if standards.x.is_some() && options.links && has_links {
        violations.push(Violation::Annotations);
    }
    if let PictureOptions::Press(press) = &options.pictures {
        let mut seen = BTreeSet::new();
        let placed = pages.pages.iter().flat_map(|page| &page.items).filter_map(picture_of);
        let pictures = placed.map(|placed| &*placed.picture);
        let unconverted = pictures
            .filter(|picture| seen.insert(picture.path.as_path()) && !press.is_converted(picture));
        violations.extend(unconverted.filter_map(|picture| photo(picture, profile, standards)));
    }
    if violations.is_empty() {
        return Ok(());
    }
    Err(PdfError::Standard { standards, violations })
}

/// Texts are written in one or two bytes per character.
fn is_too_long(text: &str) -> bool {
    2 + 2 * text.encode_utf16().count() > MAX_STRING
}

/// The texts of the information dictionary.
fn long_text(book: &Book) -> Option<Violation> {
    let subjects = book.subjects.join(", ");
    let authors = book.creators.iter().map(|creator| &*creator.name).collect::<Vec<_>>().join(", ");
    let texts = [
        ("title", book.title.as_str()),
        ("description", book.description.as_deref().unwrap_or_default()),
        ("list of subjects", &subjects),
        ("list of creators", &authors),
    ];
    let name = texts.into_iter().find(|(_, text)| is_too_long(text))?.0;
    Some(Violation::LongText { name })
}

/// The texts for screen readers.
fn long_alt_text(pages: &Pages, options: &Options<'_>) -> Option<Violation> {
    let mut pictures = pages.pages.iter().flat_map(|page| &page.items).filter_map(picture_of);
    let is_long = pictures.any(|placed| placed.alt.as_deref().is_some_and(is_too_long));
    (options.tagged && is_long).then_some(Violation::LongText { name: "alt text of a photo" })
}

/// What is wrong with the profile of the output intent.
fn output_profile_fault(profile: &[u8], standards: Standards) -> Option<ProfileFault> {
    let class = profile.get(12..16);
    let is_output = class == Some(b"prtr") || (standards.x.is_none() && class == Some(b"mntr"));
    let space = profile.get(16..20);
    if profile.get(36..40) != Some(b"acsp") {
        Some(ProfileFault::Broken)
    } else if let Some(fault) = version_fault(profile) {
        Some(fault)
    } else if !is_output {
        Some(ProfileFault::Class)
    } else if standards.is_cmyk_only() && space != Some(b"CMYK") {
        Some(ProfileFault::NotCmyk)
    } else {
        None
    }
}

/// PDF refers to ICC specifications up to version 4 (ISO 32000-1, 8.6.5.5).
fn version_fault(profile: &[u8]) -> Option<ProfileFault> {
    let version = profile.get(8).filter(|version| **version > 4)?;
    Some(ProfileFault::Version(*version))
}

fn page_size(page: &Page, pages: &Pages, options: &Options<'_>) -> Option<Violation> {
    let media = PageBoxes::new(page, pages, options).media;
    let fits = [media.width, media.height].iter().all(|side| PAGE_SIDES.contains(&pt(*side)));
    (!fits).then(|| Violation::PageSize { page: page.folio.to_string() })
}

/// What a photo breaks that is embedded with its own colours.
fn photo(picture: &Picture, press: &[u8], standards: Standards) -> Option<Violation> {
    let photo = picture.name.clone();
    let profile = picture.profile.as_deref().filter(|profile| profile.bytes != press);
    if standards.is_cmyk_only() {
        let is_device = picture.colour != ColorModel::Rgb && profile.is_none();
        return (!is_device).then_some(Violation::PhotoColor { photo });
    }
    version_fault(&profile?.bytes).map(|fault| Violation::PhotoProfile { photo, fault })
}
