//! Assembles font files from tables: a single font extracted from a collection, or a subset of a
//! font.

use std::borrow::Cow;
use std::collections::BTreeMap;

use skrifa::raw::FontRef;

/// The number of bytes of the header and of each entry of the table directory.
const HEADER: usize = 12;
const ENTRY: usize = 16;
/// The sum of all words of a file and its `checkSumAdjustment` (OpenType, `head`).
const MAGIC: u32 = 0xB1B0_AFBA;
/// The offset of the adjustment in `head`.
const ADJUSTMENT: usize = 8;

/// The font's tables, unchanged, in a file with its own table directory (OpenType, "Organization
/// of an OpenType Font"). Nothing is omitted or renamed; only the checksum of the whole file is
/// calculated anew, because the file is a different one.
pub(crate) fn extract(font: &FontRef<'_>) -> Vec<u8> {
    let mut tables = tables(font);
    // The signature applies to the collection.
    tables.remove(b"DSIG");
    file(font.table_directory().sfnt_version(), &tables)
}

/// The tables of a font by their tags.
pub(crate) fn tables<'a>(font: &FontRef<'a>) -> BTreeMap<[u8; 4], Cow<'a, [u8]>> {
    let records = font.table_directory().table_records().iter();
    records
        .filter_map(|record| {
            let data = font.table_data(record.tag())?;
            Some((record.tag().to_be_bytes(), Cow::Borrowed(data.as_bytes())))
        })
        .collect()
}

/// A file of the given tables; the version identifies the outline format.
pub(crate) fn file(version: u32, tables: &BTreeMap<[u8; 4], Cow<'_, [u8]>>) -> Vec<u8> {
    let mut file = Vec::new();
    let count = u16::try_from(tables.len()).unwrap_or(u16::MAX);
    file.extend(version.to_be_bytes());
    file.extend(count.to_be_bytes());
    let selector = u16::try_from(count.max(1).ilog2()).unwrap_or(0);
    let range = 16 << selector;
    file.extend(
        [range, selector, count.saturating_mul(16).saturating_sub(range)]
            .map(u16::to_be_bytes)
            .concat(),
    );
    let mut at = HEADER + ENTRY * tables.len();
    for (tag, data) in tables {
        file.extend(tag);
        file.extend(checksum(&without_adjustment(*tag, data)).to_be_bytes());
        file.extend(u32::try_from(at).unwrap_or(u32::MAX).to_be_bytes());
        file.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
        at += data.len().next_multiple_of(4);
    }
    let mut head = None;
    for (tag, data) in tables {
        if tag == b"head" {
            head = Some(file.len());
        }
        file.extend_from_slice(&without_adjustment(*tag, data));
        file.resize(file.len().next_multiple_of(4), 0);
    }
    let adjustment = MAGIC.wrapping_sub(checksum(&file)).to_be_bytes();
    if let Some(bytes) =
        head.and_then(|head| file.get_mut(head + ADJUSTMENT..head + ADJUSTMENT + 4))
    {
        bytes.copy_from_slice(&adjustment);
    }
    file
}

/// The checksum adjustment in `head` counts as zero in all checksums.
fn without_adjustment(tag: [u8; 4], data: &[u8]) -> Cow<'_, [u8]> {
    if &tag != b"head" || data.len() < ADJUSTMENT + 4 {
        return Cow::Borrowed(data);
    }
    let mut head = data.to_vec();
    head[ADJUSTMENT..ADJUSTMENT + 4].fill(0);
    Cow::Owned(head)
}

/// The sum of the 32-bit words, the last one padded with zeros.
fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum: u32, word| {
        let mut bytes = [0; 4];
        bytes[..word.len()].copy_from_slice(word);
        sum.wrapping_add(u32::from_be_bytes(bytes))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: &[u8] = include_bytes!("../../../fonts/SourceSerif4-It.otf");

    /// A collection of one font, which follows the header shared by all fonts.
    fn collection() -> Vec<u8> {
        let shift = 16_u32;
        let mut file = b"ttcf\0\x01\0\0\0\0\0\x01".to_vec();
        file.extend(shift.to_be_bytes());
        file.extend(FACE);
        let count = usize::from(u16::from_be_bytes([FACE[4], FACE[5]]));
        for entry in 0..count {
            let at = 16 + HEADER + ENTRY * entry + 8;
            let offset = u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) + shift;
            file[at..at + 4].copy_from_slice(&offset.to_be_bytes());
        }
        file
    }

    #[test]
    fn a_font_extracted_from_a_collection_has_the_same_tables_and_its_own_checksum() {
        let collection = collection();
        let font = FontRef::from_index(&collection, 0).unwrap();
        let file = extract(&font);
        assert_eq!(checksum(&file), MAGIC);
        let (single, original) = (FontRef::new(&file).unwrap(), FontRef::new(FACE).unwrap());
        for record in original.table_directory().table_records() {
            let tag = record.tag();
            let bytes =
                |font: &FontRef<'_>| font.table_data(tag).map(|data| data.as_bytes().to_vec());
            if tag == skrifa::Tag::new(b"DSIG") {
                assert_eq!(bytes(&single), None);
            } else if tag != skrifa::Tag::new(b"head") {
                assert_eq!(bytes(&single), bytes(&original), "{tag}");
            }
        }
    }
}
