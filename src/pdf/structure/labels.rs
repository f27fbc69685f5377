//! Page labels: the numbers printed on the pages, for the reader's page field.

use std::io::{self, Write};

use pdf_writer::types::NumberingStyle;
use pdf_writer::writers::PageLabel;
use pdf_writer::{Finish, Name, Ref};

use crate::model::{Folio, Numbering, Page};

use crate::pdf::file::sink::Sink;

/// Writes one label for each stretch of pages that count on (ISO 32000-2, 12.4.2).
pub(in crate::pdf) fn write<W: Write>(
    id: Ref,
    pages: &[Page],
    sink: &mut Sink<'_, W>,
) -> io::Result<()> {
    sink.object(id, |chunk| {
        let mut labels = chunk.indirect(id).dict();
        let mut nums = labels.insert(Name(b"Nums")).array();
        let mut before: Option<Folio> = None;
        for (index, page) in (0_i32..).zip(pages) {
            let folio = page.folio;
            let goes_on = before.is_some_and(|before| {
                before.numbering == folio.numbering && before.number + 1 == folio.number
            });
            if !goes_on {
                nums.item(index);
                let mut label = nums.push().start::<PageLabel<'_>>();
                label.style(match folio.numbering {
                    Numbering::Roman => NumberingStyle::LowerRoman,
                    Numbering::Arabic => NumberingStyle::Arabic,
                });
                label.offset(i32::try_from(folio.number.max(1)).unwrap_or(i32::MAX));
                label.finish();
            }
            before = Some(folio);
        }
        nums.finish();
    })
}
