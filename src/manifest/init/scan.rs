//! Looks through a folder of photos: which there are, what their metadata says, and what else is
//! there. No photo is decoded.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::finding::{Code, Finding};
use crate::manifest::keys::edtf::parse_date;
use crate::manifest::keys::pages::PhotoOrder;
use crate::manifest::keys::scalars::SingleLine;
use crate::manifest::lower::files;
use crate::manifest::lower::globs::{self, Expansion, PatternError, Skipped, is_heic, stem};
use crate::manifest::lower::photo_metadata::plausibility;
use crate::model::Date;
use crate::picture::{self, Candidates, Confinement, Probed, Profiles};

use super::beside;
use super::copies;
use super::photo::{FoundPhoto, Remark};
use super::screenshots::is_screenshot;
use super::words::{self, PhotoWords, Reading};

/// What is in a folder.
#[derive(Debug, Default)]
pub(super) struct FolderScan {
    /// The photos, in natural order.
    pub photos: Vec<FoundPhoto>,
    /// What a book cannot show.
    pub skipped: Vec<Skipped>,
}

/// Looks through a folder and its subfolders.
///
/// # Errors
/// The finding `photos-pattern` if there are too many files.
pub(super) fn scan(folder: &Path, reading: &Reading) -> Result<FolderScan, Finding> {
    let Expansion { names, skipped, .. } = list(folder)?;
    let mut photos = read_all(folder, &names, reading);
    copies::mark(folder, &mut photos);
    beside::find_text_files(folder, &mut photos, &reading.language);
    Ok(FolderScan { photos, skipped })
}

/// The files of a folder and its subfolders, without the originals of photos: the HEIC or raw file
/// beside a JPEG of the same name.
fn list(folder: &Path) -> Result<Expansion, Finding> {
    let found = globs::expand(folder, "**/*", &Confinement::default())
        .map_err(|error| too_many(folder, &error))?;
    let Expansion { mut names, mut skipped, searched } = found;
    if files::check_is_file(&folder.join("dist/SHA256SUMS"), &Confinement::default()).is_ok() {
        // The editions of an earlier build.
        names.retain(|name| !name.starts_with("dist/"));
        skipped.retain(|file| !file.name.starts_with("dist/"));
    }
    let others = names.iter().filter(|name| !is_heic(name));
    let others: BTreeSet<String> = others.map(|name| stem(name)).collect();
    names.retain(|name| !is_heic(name) || !others.contains(&stem(name)));
    let stems: BTreeSet<String> = names.iter().map(|name| stem(name)).collect();
    skipped.retain(|file| !file.is_convertible() || !stems.contains(&stem(&file.name)));
    Ok(Expansion { names, skipped, searched })
}

/// The pictures and camera raw files in a folder that recto cannot read, and that no photo was made
/// from.
pub(super) fn convertible(folder: &Path) -> Result<Vec<PathBuf>, Finding> {
    let found = list(folder)?;
    let files = found.skipped.iter().filter(|file| file.is_convertible());
    Ok(files.map(|file| files::path(folder, &file.name)).collect())
}

/// Reads photos on several threads.
fn read_all(folder: &Path, names: &[String], reading: &Reading) -> Vec<FoundPhoto> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut profiles = Profiles::default();
        let mut photos = Vec::new();
        while let Some((index, name)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            names.get(index).map(|name| (index, name))
        } {
            photos.push((index, read(folder, name, reading, &mut profiles)));
        }
        photos
    };
    let mut photos: Vec<(usize, FoundPhoto)> = thread::scope(|scope| {
        let threads: Vec<_> =
            (0..reading.threads.clamp(1, 64)).map(|_| scope.spawn(work)).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, _>| match thread.join() {
            Ok(photos) => photos,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        threads.into_iter().flat_map(join).collect()
    });
    photos.sort_by_key(|&(index, _)| index);
    photos.into_iter().map(|(_, photo)| photo).collect()
}

fn read(folder: &Path, name: &str, reading: &Reading, profiles: &mut Profiles) -> FoundPhoto {
    let found = FoundPhoto {
        name: name.to_owned(),
        pixels: (0, 0),
        time: None,
        date: None,
        words: PhotoWords::default(),
        elsewhere: Vec::new(),
        has_text_file: false,
        remark: None,
    };
    if SingleLine::try_from(name.to_owned()).is_ok_and(|line| line.0 != name) {
        let reason = "its name has line breaks or spaces at its ends; rename it".to_owned();
        return FoundPhoto { remark: Some(Remark::Unreadable(reason)), ..found };
    }
    let path = files::path(folder, name);
    let Probed { picture, candidates, .. } = match picture::probe(&path, name, profiles) {
        Ok(probed) => probed,
        Err(finding) => {
            let message = finding.message;
            let reason = message.strip_prefix(name).map_or(message.as_str(), str::trim_start);
            return FoundPhoto { remark: Some(Remark::Unreadable(reason.to_owned())), ..found };
        }
    };
    let (time, date) = plausible_time(&candidates, reading.today);
    FoundPhoto {
        pixels: (picture.stored.width, picture.stored.height),
        time,
        date,
        remark: is_screenshot(name, &words::captions(&candidates)).then_some(Remark::Screenshot),
        words: words::words(&candidates, name, reading),
        ..found
    }
}

/// The time and the day when a photo was taken, if its camera's clock can have been right.
fn plausible_time(candidates: &Candidates, today: Option<Date>) -> (Option<String>, Option<Date>) {
    let Some(time) = candidates.time_taken() else { return (None, None) };
    let day = time.split('T').next().unwrap_or_default();
    match parse_date(day) {
        Ok(date) if plausibility::objection(date, today).is_none() => (Some(time), Some(date)),
        _ => (None, None),
    }
}

/// By time, if at least nine of ten photos have one.
pub(super) fn order_of(scan: &FolderScan) -> PhotoOrder {
    let photos = scan.photos.iter().filter(|photo| photo.is_in_book());
    let (timed, all) = photos
        .fold((0, 0), |(timed, all), photo| (timed + usize::from(photo.time.is_some()), all + 1));
    if all > 0 && timed * 10 >= all * 9 { PhotoOrder::Taken } else { PhotoOrder::Name }
}

fn too_many(folder: &Path, error: &PatternError) -> Finding {
    let message = format!("{}: {error}", folder.display());
    Finding::new(Code::PhotosPattern, message).help("give the folder of the photos alone")
}
