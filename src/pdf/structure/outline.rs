//! Bookmarks: a tree whose leaves are places, never actions.

use std::io::{self, Write};

use pdf_writer::{Name, Ref, TextStr};

use crate::model::Bookmark;

use crate::pdf::file::sink::Sink;

/// Writes the tree under `root` (ISO 32000-2, 12.3.3). Its branches start out closed.
pub(in crate::pdf) fn write<W: Write>(
    root: Ref,
    bookmarks: &[Bookmark],
    page_ids: &[Ref],
    sink: &mut Sink<'_, W>,
) -> io::Result<()> {
    let ids = branch(root, bookmarks, page_ids, sink)?;
    sink.object(root, |chunk| {
        let mut outline = chunk.outline(root);
        if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
            outline.first(*first).last(*last).count(count(&ids));
        }
    })
}

/// Writes siblings and what hangs on them; returns the siblings' numbers.
fn branch<W: Write>(
    parent: Ref,
    bookmarks: &[Bookmark],
    page_ids: &[Ref],
    sink: &mut Sink<'_, W>,
) -> io::Result<Vec<Ref>> {
    let ids = sink.promise_all(bookmarks.len());
    for (index, (bookmark, id)) in bookmarks.iter().zip(&ids).enumerate() {
        let children = branch(*id, &bookmark.children, page_ids, sink)?;
        sink.object(*id, |chunk| {
            let mut item = chunk.outline_item(*id);
            item.title(TextStr(&bookmark.title)).parent(parent);
            if let Some(before) = index.checked_sub(1).and_then(|index| ids.get(index)) {
                item.prev(*before);
            }
            if let Some(next) = ids.get(index + 1) {
                item.next(*next);
            }
            if let (Some(first), Some(last)) = (children.first(), children.last()) {
                item.first(*first).last(*last).count(-count(&children));
            }
            if let Some(page) = page_ids.get(bookmark.page) {
                item.insert(Name(b"Dest")).array().item(*page).item(Name(b"Fit"));
            }
        })?;
    }
    Ok(ids)
}

fn count(ids: &[Ref]) -> i32 {
    i32::try_from(ids.len()).unwrap_or(i32::MAX)
}
