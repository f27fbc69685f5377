//! The names of the files, in ASCII and without a difference of case, as FAT and Windows take them.

/// The page that readers open.
pub(super) const INDEX: &str = "index.html";
/// The text that explains it.
pub(super) const READ_ME: &str = "READ-ME.txt";
/// The folder of everything that belongs to the page.
pub(super) const FOLDER: &str = "book/";
/// The stylesheet of the page.
pub(super) const STYLESHEET: &str = "book/book.css";
/// The script of the viewer.
pub(super) const SCRIPT: &str = "book/viewer.js";

/// Whether an edition may have a file of this name.
pub(crate) fn may_write(name: &str) -> bool {
    let has_end = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if let Some(inner) = name.strip_prefix(FOLDER) {
        return !inner.contains('/')
            && (has_end(&[".jpg"]) || [STYLESHEET, SCRIPT].contains(&name));
    }
    let is_edition = !name.contains('/') && has_end(&[".epub", ".pdf"]);
    [INDEX, READ_ME].contains(&name) || is_edition
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_others_have_other_names() {
        let ours = ["index.html", "READ-ME.txt", "a-print.pdf", "book/plate-001-409.jpg", SCRIPT];
        assert!(ours.iter().all(|name| may_write(name)));
        let others = ["thesis.doc", "notes.txt", "photos/a.jpg", "book/mine.css", "book/a/b.jpg"];
        assert!(!others.iter().any(|name| may_write(name)));
    }
}
