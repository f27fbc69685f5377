//! Page labels: the printed page numbers, for a PDF reader's page field.

use std::io::{self, Write};

use pdf_writer::types::NumberingStyle;
use pdf_writer::writers::PageLabel;
use pdf_writer::{Finish, Name, Ref};

use crate::model::{Folio, Numbering, Page};

use crate::pdf::file::object_writer::ObjectWriter;

/// Writes a label for each range of consecutively numbered pages (ISO 32000-2, 12.4.2).
pub(in crate::pdf) fn write<W: Write>(
    id: Ref,
    pages: &[Page],
    writer: &mut ObjectWriter<'_, W>,
) -> io::Result<()> {
    writer.object(id, |chunk| {
        let mut labels = chunk.indirect(id).dict();
        let mut nums = labels.insert(Name(b"Nums")).array();
        let mut previous: Option<Folio> = None;
        for (index, page) in (0_i32..).zip(pages) {
            let folio = page.folio;
            let continues = previous.is_some_and(|previous| {
                previous.numbering == folio.numbering && previous.number + 1 == folio.number
            });
            if !continues {
                nums.item(index);
                let mut label = nums.push().start::<PageLabel<'_>>();
                label.style(match folio.numbering {
                    Numbering::Roman => NumberingStyle::LowerRoman,
                    Numbering::Arabic => NumberingStyle::Arabic,
                });
                label.offset(i32::try_from(folio.number.max(1)).unwrap_or(i32::MAX));
                label.finish();
            }
            previous = Some(folio);
        }
        nums.finish();
    })
}
