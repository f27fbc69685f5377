//! The order of the objects in the file: its table of contents.

use std::io::Write;

use pdf_writer::types::{Direction, PageLayout};
use pdf_writer::writers::Catalog;
use pdf_writer::{Finish, Name, TextStr};

use crate::model::{Book, Marks, Pages, Standard};
use crate::typeset::Faces;

use crate::pdf::error::WriteError;
use crate::pdf::file::metadata;
use crate::pdf::file::output_intent::{FlatColor, OutputIntent};
use crate::pdf::file::sink::Sink;
use crate::pdf::options::Options;
use crate::pdf::page::content::PageContext;
use crate::pdf::page::{marks, picture};
use crate::pdf::structure::page_tree::PageTree;
use crate::pdf::structure::tags::StructureTree;
use crate::pdf::structure::{labels, outline, tags};
use crate::pdf::text::font::EmbeddedFonts;

/// What the file is called in its first line: PDF/X-4 and PDF/A-2 go as far as 1.6 and 1.7.
const VERSION: &str = "1.6";

/// Writes the pages as a PDF; `picture_done` is called once for each picture.
///
/// # Errors
///
/// When `out` cannot be written, a picture cannot be read, a font cannot be embedded, or the
/// standard is one that recto does not write.
pub fn write<W: Write>(
    book: &Book,
    pages: &Pages,
    faces: &Faces,
    options: &Options<'_>,
    out: &mut W,
    picture_done: &mut dyn FnMut(),
) -> Result<(), WriteError> {
    if options.standard == Standard::PdfX1a {
        // It wants a cross-reference table and every photo in the press's inks.
        return Err(WriteError::Standard("PDF/X-1a"));
    }
    let mut file = Sink::start(out, VERSION)?;
    let sink = &mut file;

    let [catalog, info, xmp] = [sink.promise(), sink.promise(), sink.promise()];
    metadata::write_xmp(xmp, book, options, sink)?;
    metadata::write_info(info, book, options, sink)?;

    let intent = OutputIntent::new(options.standard, &book.print.profile, sink);
    if let Some(intent) = &intent {
        intent.write(sink)?;
    }
    let flat = FlatColor::under(intent.as_ref());
    let all_inks = (options.bleed && options.marks == Marks::Crop).then(|| sink.promise());
    if let Some(all_inks) = all_inks {
        marks::write_all_inks(all_inks, flat, sink)?;
    }

    let tree = PageTree::promise(pages.pages.len(), sink);
    let images = picture::embed(book, pages, options, intent.as_ref(), sink, picture_done)?;
    let mut press = PageContext {
        pages,
        options,
        flat,
        images: &images,
        fonts: EmbeddedFonts::new(faces),
        page_ids: &tree.pages,
        tags: options.interactive.then(|| StructureTree::promise(pages.pages.len(), sink)),
        headings: tags::headings(pages),
        all_inks,
    };
    for (index, parent) in tree.parents().enumerate() {
        press.page(index, parent, sink)?;
    }
    let structure = press.tags.take().map(|tags| tags.write(sink)).transpose()?;
    press.fonts.write(sink)?;
    tree.write(sink)?;

    let page_labels = sink.promise();
    labels::write(page_labels, &pages.pages, sink)?;
    let outlines = (!pages.bookmarks.is_empty()).then(|| sink.promise());
    if let Some(outlines) = outlines {
        outline::write(outlines, &pages.bookmarks, &tree.pages, sink)?;
    }
    sink.object(catalog, |chunk| {
        let mut entries = chunk.indirect(catalog).start::<Catalog<'_>>();
        if let Some(root) = tree.root() {
            entries.pages(root);
        }
        entries.metadata(xmp).lang(TextStr(book.language.tag()));
        entries.pair(Name(b"PageLabels"), page_labels);
        if let Some(outlines) = outlines {
            entries.outlines(outlines);
        }
        if options.interactive {
            entries.page_layout(PageLayout::TwoPageRight);
        }
        if let Some(structure) = structure {
            entries.mark_info().marked(true);
            entries.pair(Name(b"StructTreeRoot"), structure);
        }
        let mut preferences = entries.viewer_preferences();
        preferences.display_doc_title(true);
        if pages.binding_right {
            preferences.direction(Direction::R2L);
        }
        preferences.finish();
        if let Some(intent) = &intent {
            intent.describe(&mut entries);
        }
    })?;
    file.finish(catalog, info, &metadata::file_id(book, options))?;
    Ok(())
}
