//! Finds damaged photos, so that no edition passes their data on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::finding::{Code, Finding};
use crate::model::{Book, Damage, Location, LostPart, Picture};
use crate::picture::{self, ImageProcessor, Inspection, ProcessorOptions};

/// Examines the data of all photos, marks the damaged ones in the book, and reports them. With
/// `maps`, it also maps the photos for the checks of their pixels.
pub(super) fn find(
    book: &mut Book,
    options: &ProcessorOptions,
    locations: &BTreeMap<PathBuf, Location>,
    maps: bool,
    examined: impl FnMut(usize, usize),
) -> Vec<Finding> {
    let processor = ImageProcessor::new(options.clone());
    let pictures = book.pictures();
    let inspections = if maps {
        let profile = picture::press_profile(&book.print.profile);
        processor.inspect_and_map(&pictures, profile, book.print.intent, examined)
    } else {
        processor.inspect_with_progress(&pictures, examined)
    };
    let mut findings = Vec::new();
    let mut reported: Vec<&Path> = Vec::new();
    for picture in book.pictures() {
        if let Some(inspection) = inspections.get(&picture.path)
            && !reported.contains(&picture.path.as_path())
        {
            reported.push(&picture.path);
            let finding = finding(picture, inspection);
            findings.push(finding.at(locations.get(&picture.path).cloned()));
        }
    }
    book.for_each_picture_mut(&mut |picture| {
        if let Some(Inspection::Damaged(damage)) = inspections.get(&picture.path) {
            picture.damage = Some(damage.clone());
        }
    });
    findings
}

fn finding(picture: &Picture, inspection: &Inspection) -> Finding {
    const HELP: &str = "copy it again from the camera or the backup";
    let name = &picture.name;
    let damage = match inspection {
        Inspection::Damaged(damage) => damage,
        Inspection::Unreadable(reason) => {
            let message = format!("{name} cannot be decoded: {reason}");
            return Finding::new(Code::PhotoUnreadable, message).help(HELP);
        }
    };
    let Damage { cause, lost, is_truncated } = damage;
    let extent = match lost {
        LostPart::Nothing => "the picture is complete".to_owned(),
        LostPart::Percent(0) => "less than 1 % of the picture is lost".to_owned(),
        LostPart::Percent(100) => "nothing of the picture is certain".to_owned(),
        LostPart::Percent(percent) => format!("at least {percent} % of the picture is lost"),
        LostPart::Unknown => "a part of the picture is lost".to_owned(),
    };
    let (code, state) = if *is_truncated {
        (Code::PhotoTruncated, "truncated")
    } else {
        (Code::PhotoDamaged, "damaged")
    };
    Finding::new(code, format!("{name} is {state}: {cause}; {extent}")).help(HELP)
}
