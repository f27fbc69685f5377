//! The guides of a cover: its folds, joints and edges, in a layer that screens show and that is not
//! printed.
//!
//! That a layer is not printed is said in the configuration of the layers (`AS`), which PDF/X-4 and
//! PDF/A-2 forbid, and PDF/X-1a has no layers. So a file with guides conforms to no standard.

use std::io::{self, Write};

use pdf_writer::writers::Catalog;
use pdf_writer::{Content, Finish, Name, Ref, TextStr};

use crate::model::{CoverGuide, Ink, Length, Rect};

use crate::pdf::file::object_writer::ObjectWriter;
use crate::pdf::file::output_intent::FlatColor;
use crate::pdf::page::geometry::PageBoxes;

/// The resource name of the layer.
pub(in crate::pdf) const LAYER: Name<'static> = Name(b"Guides");
/// The thickness of a guide in points.
const LINE_WIDTH: f32 = 0.5;

/// Writes the layer: an optional content group (ISO 32000-2, 8.11.2).
pub(in crate::pdf) fn write_layer<W: Write>(
    id: Ref,
    writer: &mut ObjectWriter<'_, W>,
) -> io::Result<()> {
    writer.object(id, |chunk| {
        let mut group = chunk.indirect(id).dict();
        group.pair(Name(b"Type"), Name(b"OCG")).pair(Name(b"Name"), TextStr("Guides"));
        let mut usage = group.insert(Name(b"Usage")).dict();
        usage.insert(Name(b"Print")).dict().pair(Name(b"PrintState"), Name(b"OFF"));
        usage.insert(Name(b"View")).dict().pair(Name(b"ViewState"), Name(b"ON"));
        usage.finish();
    })
}

/// Writes the configuration of the layers into the catalogue (ISO 32000-2, 8.11.4).
pub(in crate::pdf) fn describe(layer: Ref, catalog: &mut Catalog<'_>) {
    let mut properties = catalog.insert(Name(b"OCProperties")).dict();
    properties.insert(Name(b"OCGs")).array().item(layer);
    let mut default = properties.insert(Name(b"D")).dict();
    default.pair(Name(b"Name"), TextStr("Guides on screens"));
    default.insert(Name(b"ON")).array().item(layer);
    default.insert(Name(b"Order")).array().item(layer);
    let mut events = default.insert(Name(b"AS")).array();
    for event in [Name(b"View"), Name(b"Print")] {
        let mut usage = events.push().dict();
        usage.pair(Name(b"Event"), event);
        usage.insert(Name(b"Category")).array().item(event);
        usage.insert(Name(b"OCGs")).array().item(layer);
    }
}

/// Draws the guides.
pub(in crate::pdf) fn draw(
    content: &mut Content,
    guides: &[CoverGuide],
    boxes: &PageBoxes,
    flat_color: FlatColor,
) {
    content.begin_marked_content_with_properties(Name(b"OC")).properties_named(LAYER);
    content.save_state().set_line_width(LINE_WIDTH);
    for guide in guides {
        let (rect, ink, dashes) = look(*guide);
        flat_color.stroke(content, ink);
        content.set_dash_pattern(dashes.iter().copied(), 0.0);
        let area = boxes.rect(rect);
        if rect.width == Length::ZERO {
            content.move_to(area.x1, area.y1).line_to(area.x2, area.y2);
        } else {
            content.rect(area.x1, area.y1, area.x2 - area.x1, area.y2 - area.y1);
        }
        content.stroke();
    }
    content.restore_state();
    content.end_marked_content();
}

/// The area of a guide, its colour, and its dashes.
fn look(guide: CoverGuide) -> (Rect, Ink, &'static [f32]) {
    const CYAN: Ink = Ink { c: 100, m: 0, y: 0, k: 0 };
    const MAGENTA: Ink = Ink { c: 0, m: 100, y: 0, k: 0 };
    const GREEN: Ink = Ink { c: 80, m: 0, y: 100, k: 0 };
    match guide {
        CoverGuide::Trim(rect) => (rect, MAGENTA, &[]),
        CoverGuide::Wrap(rect) => (rect, MAGENTA, &[6.0, 3.0]),
        CoverGuide::Fold(rect) => (rect, CYAN, &[]),
        CoverGuide::Hinge(rect) => (rect, CYAN, &[6.0, 3.0]),
        CoverGuide::Safe(rect) => (rect, GREEN, &[2.0, 2.0]),
        CoverGuide::Barcode(rect) => (rect, GREEN, &[]),
    }
}
