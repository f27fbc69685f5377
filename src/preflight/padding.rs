//! Blank pages that are added for the press.

use crate::finding::{Code, Finding};
use crate::model::{Book, Pages};

/// The number of blank pages that were added, if the manifest sets `multiple`.
pub(super) fn added(book: &Book, pages: &Pages) -> Option<Finding> {
    let (added, multiple) = (pages.padding, book.print.multiple);
    if added == 0 || multiple <= 2 {
        return None;
    }
    let are = if added == 1 { "page is" } else { "pages are" };
    let all = pages.pages.len();
    let message = format!("{added} blank {are} added to make {all}, a multiple of {multiple}");
    let help = format!("{added} more pages would fill them; nothing needs to be done");
    Some(Finding::new(Code::PagesPadded, message).help(help))
}
