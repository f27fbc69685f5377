//! What is said about the print edition: what the printer's preset sets, how many photos are scaled
//! down, and how wide the spine is.

use crate::build::Project;

use crate::cli::text::counted;

/// `print.printer: Lulu sets bleed to 3.175 mm, color to srgb`.
pub(super) fn settings(project: &Project) -> Option<String> {
    let printer = project.book().print.printer.as_ref()?;
    let name = &printer.name;
    let settings = printer.settings.join(", ");
    let settings =
        if settings.is_empty() { "nothing that the manifest does not" } else { &settings };
    Some(format!("print.printer: {name} sets {settings}"))
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
    let paper = print.paper.as_ref();
    let paper = match paper.map(|paper| (paper.thickness, &paper.stock)) {
        Some((Some(leaf), _)) => format!("paper of {leaf}"),
        Some((None, Some(stock))) => stock.clone(),
        _ => return Vec::new(),
    };
    let lines = print.spines(count).into_iter().map(|spine| {
        let binding = spine.binding.map_or(String::new(), |it| format!(" of a {it}"));
        let source = spine.source.map_or(String::new(), |it| format!(" (source: {it})"));
        format!("the spine{binding} is {} wide: {pages} of {paper}{source}", spine.width)
    });
    lines.collect()
}
