//! Bookmarks: a tree of destinations, without actions.

use std::io::{self, Write};

use pdf_writer::{Name, Ref, TextStr};

use crate::model::Bookmark;

use crate::pdf::file::object_writer::ObjectWriter;

/// Writes the tree under `root` (ISO 32000-2, 12.3.3). All branches are closed at first.
pub(in crate::pdf) fn write<W: Write>(
    root: Ref,
    bookmarks: &[Bookmark],
    page_ids: &[Ref],
    writer: &mut ObjectWriter<'_, W>,
) -> io::Result<()> {
    let ids = write_siblings(root, bookmarks, page_ids, writer)?;
    writer.object(root, |chunk| {
        let mut outline = chunk.outline(root);
        if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
            outline.first(*first).last(*last).count(count(&ids));
        }
    })
}

/// Writes siblings and their descendants; returns the object numbers of the siblings.
fn write_siblings<W: Write>(
    parent: Ref,
    bookmarks: &[Bookmark],
    page_ids: &[Ref],
    writer: &mut ObjectWriter<'_, W>,
) -> io::Result<Vec<Ref>> {
    let ids = writer.reserve_ids(bookmarks.len());
    for (index, (bookmark, id)) in bookmarks.iter().zip(&ids).enumerate() {
        let children = write_siblings(*id, &bookmark.children, page_ids, writer)?;
        writer.object(*id, |chunk| {
            let mut item = chunk.outline_item(*id);
            item.title(TextStr(&bookmark.title)).parent(parent);
            if let Some(previous) = index.checked_sub(1).and_then(|index| ids.get(index)) {
                item.prev(*previous);
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
