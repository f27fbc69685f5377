//! Writes a PDF file, in the order of its objects.

use std::io::Write;

use pdf_writer::types::{Direction, PageLayout};
use pdf_writer::writers::Catalog;
use pdf_writer::{Finish, Name, TextStr};

use crate::model::{Book, LanguageRuns, Marks, Pages, PdfX, Standards};
use crate::typeset::Faces;

use crate::pdf::error::PdfError;
use crate::pdf::file::object_writer::{CrossReference, ObjectWriter};
use crate::pdf::file::output_intent::{FlatColor, OutputIntent};
use crate::pdf::file::{conformance, metadata};
use crate::pdf::options::Options;
use crate::pdf::page::content::PageContext;
use crate::pdf::page::{guides, marks, picture};
use crate::pdf::structure::page_tree::PageTree;
use crate::pdf::structure::tags::Tagging;
use crate::pdf::structure::tree::StructureTree;
use crate::pdf::structure::{labels, outline};
use crate::pdf::text::font::EmbeddedFonts;
use crate::pdf::violation::Violation;

/// The version in the header, and the form of the cross-reference that it has. PDF/X-4 allows up to
/// 1.6, and PDF/A-2 and PDF/UA-1 are based on 1.7.
fn version(standards: Standards) -> (&'static str, CrossReference) {
    match standards.x {
        Some(PdfX::X1a2001) => ("1.3", CrossReference::Table),
        Some(PdfX::X1a2003) => ("1.4", CrossReference::Table),
        None if standards.a2b || standards.ua1 => ("1.7", CrossReference::Stream),
        Some(PdfX::X4) | None => ("1.6", CrossReference::Stream),
    }
}

/// Writes the pages as a PDF, and calls `picture_done` after each picture.
///
/// # Errors
///
/// `out` cannot be written, a photo cannot be read, a font cannot be embedded, or the file would
/// break a rule of a standard that it claims. In this last case, nothing that a reader would take
/// for a PDF is written.
pub fn write<W: Write>(
    book: &Book,
    pages: &Pages,
    faces: &Faces,
    options: &Options<'_>,
    out: &mut W,
    picture_done: &mut dyn FnMut(),
) -> Result<(), PdfError> {
    let (header, cross_reference) = version(options.standard);
    let mut file = ObjectWriter::new(out, header, cross_reference)?;
    let writer = &mut file;

    let [catalog, info, xmp] = [writer.reserve_id(), writer.reserve_id(), writer.reserve_id()];
    metadata::write_xmp(xmp, book, options, writer)?;
    metadata::write_info(info, book, options, writer)?;

    let output_intent = OutputIntent::new(options, book, writer);
    conformance::check(book, pages, options, output_intent.as_ref())?;
    if let Some(output_intent) = &output_intent {
        output_intent.write(writer)?;
    }
    let flat_color = FlatColor::new(options);
    let all_inks = (options.bleed && options.marks == Marks::Crop).then(|| writer.reserve_id());
    if let Some(all_inks) = all_inks {
        marks::write_all_inks(all_inks, flat_color, writer)?;
    }

    let layer = (!options.guides.is_empty()).then(|| writer.reserve_id());
    if let Some(layer) = layer {
        guides::write_layer(layer, writer)?;
    }

    let tree = PageTree::new(pages.pages.len(), writer);
    let images =
        picture::embed(book, pages, options, output_intent.as_ref(), writer, picture_done)?;
    let mut context = PageContext {
        pages,
        options,
        flat_color,
        images: &images,
        fonts: EmbeddedFonts::new(faces),
        page_ids: &tree.pages,
        tagging: Tagging {
            has_links: options.links,
            language_runs: LanguageRuns::new(&book.language),
        },
        structure: options.tagged.then(|| {
            StructureTree::new(pages.pages.len(), book.language.tag(), options.links, writer)
        }),
        all_inks,
        guides: layer,
    };
    for (index, parent) in tree.parents().enumerate() {
        context.page(index, parent, writer)?;
    }
    let structure = context.structure.take().map(|tree| tree.finish(writer)).transpose()?;
    context.fonts.write(writer)?;
    tree.write(writer)?;

    let page_labels = writer.reserve_id();
    labels::write(page_labels, &pages.pages, writer)?;
    let forbids_bookmarks =
        book.print.printer.as_ref().is_some_and(|printer| printer.forbids_bookmarks);
    let has_outlines = !pages.bookmarks.is_empty() && (options.links || !forbids_bookmarks);
    let outlines = has_outlines.then(|| writer.reserve_id());
    if let Some(outlines) = outlines {
        outline::write(outlines, &pages.bookmarks, &tree.pages, writer)?;
    }
    writer.object(catalog, |chunk| {
        let mut entries = chunk.indirect(catalog).start::<Catalog<'_>>();
        if let Some(root) = tree.root() {
            entries.pages(root);
        }
        entries.metadata(xmp).lang(TextStr(book.language.tag()));
        entries.pair(Name(b"PageLabels"), page_labels);
        if let Some(outlines) = outlines {
            entries.outlines(outlines);
        }
        if options.links {
            entries.page_layout(PageLayout::TwoPageRight);
        }
        if let Some(structure) = structure {
            entries.mark_info().marked(true);
            entries.pair(Name(b"StructTreeRoot"), structure);
        }
        if let Some(layer) = layer {
            guides::describe(layer, &mut entries);
        }
        let mut preferences = entries.viewer_preferences();
        preferences.display_doc_title(true);
        if pages.binding_right {
            preferences.direction(Direction::R2L);
        }
        preferences.finish();
        if let Some(output_intent) = &output_intent {
            output_intent.describe(&mut entries);
        }
    })?;
    if file.is_too_long() {
        let violations = vec![Violation::FileSize];
        return Err(PdfError::Standard { standards: options.standard, violations });
    }
    file.finish(catalog, info, &metadata::file_id(book, options))?;
    Ok(())
}
