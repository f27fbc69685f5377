//! Packs a font as WOFF, the compressed form that all browsers since 2012 read.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use skrifa::raw::FontRef;

use crate::html::fonts::opentype;

/// The number of bytes of the header (WOFF 1.0, 3) and of each entry of the table directory
/// (WOFF 1.0, 4).
const HEADER: usize = 44;
const ENTRY: usize = 20;
/// The number of bytes of the same parts of an OpenType file.
const SFNT_HEADER: usize = 12;
const SFNT_ENTRY: usize = 16;

/// A font file as WOFF. Each table is compressed unless that makes it larger. `None` if the file
/// is not a single font, or is too large for the format.
pub(crate) fn pack(file: &[u8]) -> Option<Vec<u8>> {
    let font = FontRef::new(file).ok()?;
    // The checksum of the file is that of the tables in this order, so it is built anew.
    let file = opentype::extract(&font);
    let font = FontRef::new(&file).ok()?;
    let records = font.table_directory().table_records();
    let mut directory = Vec::new();
    let mut data = Vec::new();
    let mut unpacked = SFNT_HEADER + SFNT_ENTRY * records.len();
    for record in records {
        let table = font.table_data(record.tag())?;
        let table = table.as_bytes();
        let compressed = compress(table).filter(|compressed| compressed.len() < table.len());
        let stored = compressed.as_deref().unwrap_or(table);
        directory.extend(record.tag().to_be_bytes());
        for number in [HEADER + ENTRY * records.len() + data.len(), stored.len(), table.len()] {
            directory.extend(u32::try_from(number).ok()?.to_be_bytes());
        }
        directory.extend(record.checksum().to_be_bytes());
        data.extend(stored);
        data.resize(data.len().next_multiple_of(4), 0);
        unpacked += table.len().next_multiple_of(4);
    }
    let total = HEADER + directory.len() + data.len();
    let mut woff = b"wOFF".to_vec();
    woff.extend(font.table_directory().sfnt_version().to_be_bytes());
    woff.extend(u32::try_from(total).ok()?.to_be_bytes());
    woff.extend(u16::try_from(records.len()).ok()?.to_be_bytes());
    woff.extend([0, 0]);
    woff.extend(u32::try_from(unpacked).ok()?.to_be_bytes());
    // The version of the file, and no metadata or private data (WOFF 1.0, 3).
    woff.extend([0, 1, 0, 0]);
    woff.resize(HEADER, 0);
    woff.extend(directory);
    woff.extend(data);
    Some(woff)
}

fn compress(table: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(table).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
pub(crate) mod tests {
    use std::borrow::Cow;
    use std::collections::BTreeMap;
    use std::io::Read as _;

    use flate2::read::ZlibDecoder;

    use super::*;

    const FACE: &[u8] = include_bytes!("../../../fonts/SourceSerif4-It.otf");

    /// The font file in a WOFF file.
    pub(crate) fn unpack(woff: &[u8]) -> Vec<u8> {
        let number = |at: usize| u32::from_be_bytes(woff[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(&woff[..4], b"wOFF");
        assert_eq!(number(8), woff.len());
        let count = u16::from_be_bytes([woff[12], woff[13]]);
        let mut tables = BTreeMap::new();
        for entry in 0..usize::from(count) {
            let at = HEADER + ENTRY * entry;
            let tag: [u8; 4] = woff[at..at + 4].try_into().unwrap();
            let (offset, length, unpacked) = (number(at + 4), number(at + 8), number(at + 12));
            let stored = &woff[offset..offset + length];
            let mut table = Vec::new();
            if length < unpacked {
                ZlibDecoder::new(stored).read_to_end(&mut table).unwrap();
            } else {
                table.extend(stored);
            }
            assert_eq!((offset % 4, table.len()), (0, unpacked));
            tables.insert(tag, Cow::Owned(table));
        }
        let flavor = u32::from_be_bytes(woff[4..8].try_into().unwrap());
        let file = opentype::file(flavor, &tables);
        assert_eq!(number(16), file.len());
        file
    }

    #[test]
    fn a_packed_font_has_the_tables_of_the_font() {
        let woff = pack(FACE).unwrap();
        assert_eq!(unpack(&woff), opentype::extract(&FontRef::new(FACE).unwrap()));
        assert!(woff.len() < FACE.len() * 2 / 3, "{} bytes", woff.len());
    }

    #[test]
    fn what_is_not_a_font_is_not_packed() {
        assert_eq!(pack(b"no font"), None);
        assert_eq!(pack(b""), None);
    }
}
