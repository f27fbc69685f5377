//! Crop marks, which show where to cut, in all inks.

use std::io::{self, Write};

use pdf_writer::types::ColorSpaceOperand;
use pdf_writer::{Content, Finish, Name, Ref};

use crate::model::{Length, Point};

use crate::pdf::file::object_writer::ObjectWriter;
use crate::pdf::file::output_intent::FlatColor;
use crate::pdf::page::geometry::{MARK_LENGTH, PageBoxes};

/// The resource name of the colour space of all inks.
pub(in crate::pdf) const ALL_INKS: Name<'static> = Name(b"All");

/// The thickness of a mark in points.
const LINE_WIDTH: f32 = 0.25;

/// Writes the Separation colour space `All`, which prints on every plate (ISO 32000-2, 8.6.6.4).
pub(in crate::pdf) fn write_all_inks<W: Write>(
    id: Ref,
    flat_color: FlatColor,
    writer: &mut ObjectWriter<'_, W>,
) -> io::Result<()> {
    writer.object(id, |chunk| {
        let mut space = chunk.indirect(id).array();
        space.item(Name(b"Separation")).item(Name(b"All"));
        let (alternate, none, full): (_, &[f32], &[f32]) = match flat_color {
            FlatColor::Cmyk => (Name(b"DeviceCMYK"), &[0.0; 4], &[1.0; 4]),
            FlatColor::Screen => (Name(b"DeviceGray"), &[1.0], &[0.0]),
        };
        space.item(alternate);
        let mut tint = space.push().dict();
        tint.pair(Name(b"FunctionType"), 2).pair(Name(b"N"), 1);
        tint.insert(Name(b"Domain")).array().items([0, 1]);
        tint.insert(Name(b"C0")).array().items(none.iter().copied());
        tint.insert(Name(b"C1")).array().items(full.iter().copied());
        tint.finish();
    })
}

/// Draws the eight marks at the corners of the trim, outside the bleed.
pub(in crate::pdf) fn crop(content: &mut Content, boxes: &PageBoxes) {
    let (trim, marks) = (boxes.trim, boxes.marks);
    let horizontal = |x: Length, y: Length| (Point::new(x, y), Point::new(x + MARK_LENGTH, y));
    let vertical = |x: Length, y: Length| (Point::new(x, y), Point::new(x, y + MARK_LENGTH));
    content.save_state().set_line_width(LINE_WIDTH);
    content.set_stroke_color_space(ColorSpaceOperand::Named(ALL_INKS)).set_stroke_color([1.0]);
    for y in [trim.y, trim.bottom()] {
        line(content, boxes, horizontal(marks.x - MARK_LENGTH, y));
        line(content, boxes, horizontal(marks.right(), y));
    }
    for x in [trim.x, trim.right()] {
        line(content, boxes, vertical(x, marks.y - MARK_LENGTH));
        line(content, boxes, vertical(x, marks.bottom()));
    }
    content.stroke().restore_state();
}

fn line(content: &mut Content, boxes: &PageBoxes, (from, to): (Point, Point)) {
    content.move_to(boxes.x(from.x), boxes.y(from.y)).line_to(boxes.x(to.x), boxes.y(to.y));
}
