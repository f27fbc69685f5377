//! IPTC-IIM 4.2: the captions of the news trade.

use crate::model::{Metadata, Sourced};

use super::text;

/// Reads the data sets; what is damaged ends them.
pub(in super::super) fn read(sets: &[u8]) -> Metadata {
    let mut fields = Fields::default();
    let mut rest = sets;
    while let Some((record, number, value, tail)) = data_set(rest) {
        rest = tail;
        match (record, number) {
            (1, 90) => fields.marked = IptcCharset::from_marker(value),
            (2, _) => fields.sets.push((number, value)),
            _ => {}
        }
    }
    let place: Vec<String> =
        [92, 90, 101].into_iter().filter_map(|number| fields.first(number)).collect();
    let sourced = |value: Option<String>, source| Some(Sourced::new(value?, source));
    Metadata {
        caption: sourced(fields.first(120), "IPTC 2:120"),
        headline: sourced(fields.first(105), "IPTC 2:105"),
        alt: None,
        creator: sourced(fields.all(80), "IPTC 2:80"),
        credit: sourced(fields.first(110), "IPTC 2:110"),
        rights: sourced(fields.first(116), "IPTC 2:116"),
        license: None,
        place: sourced((!place.is_empty()).then(|| place.join(", ")), "IPTC 2:92, 2:90, 2:101"),
        taken: sourced(fields.first(55).and_then(|date| text::day(&date)), "IPTC 2:55"),
    }
}

/// One data set: its record, its number, its value, and what follows (IIM 4.2, 1.6).
fn data_set(bytes: &[u8]) -> Option<(u8, u8, &[u8], &[u8])> {
    let [0x1C, record, number, l1, l0, rest @ ..] = bytes else { return None };
    let length = u16::from_be_bytes([*l1, *l0]);
    // An extended data set states how many bytes its length takes.
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

/// What the marker of the coded character set says (IIM 4.2, 1:90; ISO 2022).
#[derive(Debug, Default, Clone, Copy)]
enum IptcCharset {
    /// Nothing, or something that is of no use.
    #[default]
    Not,
    Utf8,
    Latin1,
}

impl IptcCharset {
    fn from_marker(value: &[u8]) -> Self {
        match value {
            b"\x1B%G" | b"\x1B%/G" | b"\x1B%/H" | b"\x1B%/I" => Self::Utf8,
            // Designated as G1, G2 or G3, perhaps after ASCII as G0.
            value
                if [&b"\x1B-A"[..], b"\x1B.A", b"\x1B/A"].iter().any(|it| value.ends_with(it)) =>
            {
                Self::Latin1
            }
            _ => Self::Not,
        }
    }
}

#[derive(Debug, Default)]
struct Fields<'a> {
    marked: IptcCharset,
    sets: Vec<(u8, &'a [u8])>,
}

impl Fields<'_> {
    fn values(&self, number: u8) -> impl Iterator<Item = String> {
        self.sets.iter().filter(move |set| set.0 == number).filter_map(|set| {
            let value = match self.marked {
                IptcCharset::Utf8 => String::from_utf8_lossy(set.1).into_owned(),
                // Programs copy the mark along with texts that they write in UTF-8.
                IptcCharset::Latin1 if str::from_utf8(set.1).is_err() => text::latin_1(set.1),
                IptcCharset::Latin1 | IptcCharset::Not => text::guess(set.1),
            };
            text::clean(&value)
        })
    }

    fn first(&self, number: u8) -> Option<String> {
        self.values(number).next()
    }

    fn all(&self, number: u8) -> Option<String> {
        let values: Vec<String> = self.values(number).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

/// The data sets inside Photoshop's image resources, where JPEGs keep them.
pub(in super::super) fn in_photoshop_resources(resources: &[u8]) -> Option<&[u8]> {
    const IPTC: u16 = 0x0404;
    let mut rest = resources;
    loop {
        let [b'8', b'B', b'I', b'M', i1, i0, name, tail @ ..] = rest else { return None };
        // The name is padded so that it and its length are even, and so is the data.
        let tail = tail.get(usize::from(*name | 1)..)?;
        let (size, tail) = tail.split_first_chunk::<4>()?;
        let size = u32::from_be_bytes(*size) as usize;
        if u16::from_be_bytes([*i1, *i0]) == IPTC {
            return Some(&tail[..size.min(tail.len())]);
        }
        rest = tail.get(size.checked_add(size & 1)?..)?;
    }
}
