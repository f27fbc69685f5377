//! Reads IPTC-IIM 4.2 metadata.

use encoding_rs::{
    Encoding, ISO_8859_2, ISO_8859_3, ISO_8859_4, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8,
    ISO_8859_10, ISO_8859_13, ISO_8859_14, ISO_8859_15, ISO_8859_16, WINDOWS_874, WINDOWS_1252,
    WINDOWS_1254,
};

use crate::model::{Metadata, Sourced};

use super::text;
use super::text::DecodedText;

/// Reads the data sets, up to the first damaged one.
pub(in super::super) fn read(sets: &[u8]) -> Metadata {
    let mut fields = IptcFields::default();
    let mut rest = sets;
    while let Some((record, number, value, tail)) = data_set(rest) {
        rest = tail;
        match (record, number) {
            (1, 90) => fields.charset = IptcCharset::from_marker(value),
            (2, _) => fields.sets.push((number, value)),
            _ => {}
        }
    }
    // Sublocation, city, state, and the country by its name, or else by its code.
    let country = fields.first_value(101).or_else(|| fields.first_value(100));
    let parts = [92, 90, 95].map(|number| fields.first_value(number)).into_iter();
    let place = text::place(parts.chain([country]));
    let sourced = |value: Option<DecodedText>, source| Some(value?.with_source(source));
    let date = |number, source| {
        let date = fields.first_value(number)?.text;
        Some(Sourced::new(text::date(&date)?, source))
    };
    Metadata {
        caption: sourced(fields.first_value(120), "IPTC 2:120"),
        headline: sourced(fields.first_value(105), "IPTC 2:105"),
        alt: None,
        creator: sourced(fields.joined_values(80), "IPTC 2:80"),
        credit: sourced(fields.first_value(110), "IPTC 2:110"),
        rights: sourced(fields.first_value(116), "IPTC 2:116"),
        license: None,
        place: sourced(place, "IPTC 2:92, 2:90, 2:95, 2:101"),
        keywords: fields.values(25).map(|value| value.with_source("IPTC 2:25")).collect(),
        keyword_paths: Vec::new(),
        people: Vec::new(),
        taken: date(55, "IPTC 2:55"),
        time: fields.first_value(60).and_then(|time| text::time(&time.text)),
        digitized: date(62, "IPTC 2:62"),
    }
}

/// The first byte of a data set (IIM 4.2, 1.6).
pub(in super::super) const DATA_SET: u8 = 0x1C;

/// Reads a data set: its record, its number, its value, and the bytes after it (IIM 4.2, 1.6).
fn data_set(bytes: &[u8]) -> Option<(u8, u8, &[u8], &[u8])> {
    let [DATA_SET, record, number, l1, l0, rest @ ..] = bytes else { return None };
    let length = u16::from_be_bytes([*l1, *l0]);
    // An extended data set gives the number of bytes of its length.
    let (length, rest) = if length & 0x8000 == 0 {
        (usize::from(length), rest)
    } else {
        let (digits, rest) = rest.split_at_checked(usize::from(length & 0x7FFF))?;
        if digits.len() > 4 {
            return None;
        }
        (digits.iter().fold(0, |sum, &byte| (sum << 8) | usize::from(byte)), rest)
    };
    let (value, rest) = rest.split_at_checked(length)?;
    Some((*record, *number, value, rest))
}

/// The character set that the data sets state (IIM 4.2, 1:90; ISO 2022).
#[derive(Debug, Default, Clone, Copy)]
enum IptcCharset {
    /// None, or one that is not supported.
    #[default]
    Unknown,
    Utf8,
    /// One of the parts of ISO 8859.
    SingleByte(&'static Encoding),
}

impl IptcCharset {
    fn from_marker(value: &[u8]) -> Self {
        match value {
            b"\x1B%G" | b"\x1B%/G" | b"\x1B%/H" | b"\x1B%/I" => Self::Utf8,
            // Designated as G1, G2 or G3, possibly after ASCII as G0.
            [.., 0x1B, b'-' | b'.' | b'/', last] => {
                iso_8859(*last).map_or(Self::Unknown, Self::SingleByte)
            }
            _ => Self::Unknown,
        }
    }
}

/// The part of ISO 8859 that the last byte of an escape sequence designates (ISO-IR register).
/// Windows-1252 and its relatives extend theirs by printable characters.
fn iso_8859(last: u8) -> Option<&'static Encoding> {
    Some(match last {
        b'A' => WINDOWS_1252,
        b'B' => ISO_8859_2,
        b'C' => ISO_8859_3,
        b'D' => ISO_8859_4,
        b'F' => ISO_8859_7,
        b'G' => ISO_8859_6,
        b'H' => ISO_8859_8,
        b'L' => ISO_8859_5,
        b'M' => WINDOWS_1254,
        b'T' => WINDOWS_874,
        b'V' => ISO_8859_10,
        b'Y' => ISO_8859_13,
        b'_' => ISO_8859_14,
        b'b' => ISO_8859_15,
        b'f' => ISO_8859_16,
        _ => return None,
    })
}

#[derive(Debug, Default)]
struct IptcFields<'a> {
    charset: IptcCharset,
    sets: Vec<(u8, &'a [u8])>,
}

impl IptcFields<'_> {
    fn values(&self, number: u8) -> impl Iterator<Item = DecodedText> {
        self.sets.iter().filter(move |set| set.0 == number).filter_map(|set| {
            let value = match self.charset {
                // Some programs keep this marker with texts that they write in UTF-8.
                IptcCharset::SingleByte(encoding) if !text::is_utf8(set.1) => {
                    encoding.decode_without_bom_handling(set.1).0.into_owned().into()
                }
                // The marker of UTF-8 is a hint; bytes that are not UTF-8 disprove it.
                _ => text::decode(set.1),
            };
            text::clean(value)
        })
    }

    fn first_value(&self, number: u8) -> Option<DecodedText> {
        self.values(number).next()
    }

    fn joined_values(&self, number: u8) -> Option<DecodedText> {
        let values: Vec<DecodedText> = self.values(number).collect();
        DecodedText::join(&values, ", ")
    }
}

/// Finds the data sets in Photoshop image resources, where JPEG files store them.
pub(in super::super) fn find_in_photoshop_resources(resources: &[u8]) -> Option<&[u8]> {
    const IPTC: u16 = 0x0404;
    let mut rest = resources;
    loop {
        let [b'8', b'B', b'I', b'M', i1, i0, name, tail @ ..] = rest else { return None };
        // The name with its length is padded to an even length, and so is the data.
        let tail = tail.get(usize::from(*name | 1)..)?;
        let (size, tail) = tail.split_first_chunk::<4>()?;
        let size = u32::from_be_bytes(*size) as usize;
        if u16::from_be_bytes([*i1, *i0]) == IPTC {
            return Some(&tail[..size.min(tail.len())]);
        }
        rest = tail.get(size.checked_add(size & 1)?..)?;
    }
}
