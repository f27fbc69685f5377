//! What is said about the print edition: what the printer's preset sets, how many photos are scaled
//! down, and how wide the spine is.

use crate::build::Project;

use crate::cli::text::counted;
use crate::model::{Length, Size};

/// `print.printer: Lulu sets bleed to 3.175 mm, color to srgb`.
pub(super) fn settings(project: &Project) -> Option<String> {
    let printer = project.book().print.printer.as_ref()?;
    let name = &printer.name;
    let settings = printer.settings.join(", ");
    let settings =
        if settings.is_empty() { "nothing that the manifest does not" } else { &settings };
    let trim = if printer.has_page_sizes || printer.company.is_none() {
        String::new()
    } else {
        let trim = project.book().print.trim;
        format!("; its page sizes are not in the preset, so {trim} is not compared with them")
    };
    Some(format!("print.printer: {name} sets {settings}{trim}"))
}

/// `the cover is a sheet of 432 mm × 210 mm with a spine of 12 mm: 200 pages of white (source: …)`.
pub(super) fn cover(project: &Project) -> Option<String> {
    let sheet = &project.cover().ok()?.sheet;
    let print = &project.book().print;
    let given = print.cover.as_ref().is_some_and(|cover| cover.spine.is_some());
    let why = if given {
        "print.cover.spine".to_owned()
    } else {
        let pages = counted(project.pages().pages.len(), "page");
        format!("{pages} of {}", paper(project).unwrap_or_else(|| "paper".to_owned()))
    };
    let source = sheet.spine_source.as_ref().map_or(String::new(), |it| format!(" (source: {it})"));
    let (trim, spine) = (sheet.trim, sheet.spine.width);
    // What a printer's calculator says includes the bleed.
    let bleed = sheet.bleed * 2;
    let full = Size::new(trim.width + bleed, trim.height + bleed);
    let with_bleed =
        if bleed > Length::ZERO { format!(" ({full} with its bleed)") } else { String::new() };
    Some(format!(
        "the cover is a sheet of {trim}{with_bleed} with a spine of {spine}: {why}{source}"
    ))
}

/// `paper of 0.1 mm`, or the name of the stock.
fn paper(project: &Project) -> Option<String> {
    let paper = project.book().print.paper.as_ref()?;
    match (paper.thickness, &paper.stock) {
        (Some(leaf), _) => Some(format!("paper of {leaf}")),
        (None, stock) => stock.clone(),
    }
}

/// `print.max-resolution: 12 of 24 photos are scaled down to 450 pixels per inch`, if the manifest
/// sets it.
pub(super) fn scaled_photos(project: &Project) -> Option<String> {
    let max = project.book().print.max_resolution?;
    let scaled = project.pages().scaled_sizes(max).len();
    let all = counted(project.pages().distinct_pictures().count(), "photo");
    let are = if scaled == 1 { "is" } else { "are" };
    Some(format!(
        "print.max-resolution: {scaled} of {all} {are} scaled down to {max} pixels per inch"
    ))
}

/// `the spine of a paperback is 11.4 mm wide: 200 pages of white (source: …)`: a line for
/// each binding, if the paper is known.
pub(super) fn spines(project: &Project) -> Vec<String> {
    let print = &project.book().print;
    let count = project.pages().pages.len();
    let pages = counted(count, "page");
    let Some(paper) = paper(project) else { return Vec::new() };
    let lines = print.spines(count).into_iter().map(|spine| {
        let binding = spine.binding.map_or(String::new(), |it| format!(" of a {it}"));
        let source = spine.source.map_or(String::new(), |it| format!(" (source: {it})"));
        format!("the spine{binding} is {} wide: {pages} of {paper}{source}", spine.width)
    });
    lines.collect()
}
