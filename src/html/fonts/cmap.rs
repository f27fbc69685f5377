//! The table that maps characters to glyphs (OpenType, `cmap`).

use std::collections::BTreeMap;

/// What a character shows before one variation selector (U+FE00 to U+FE0F, and U+E0100 to
/// U+E01EF for the forms of ideographs).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Variations {
    /// The selector.
    pub(crate) selector: u32,
    /// The characters that keep their glyph before it.
    pub(crate) usual: Vec<char>,
    /// The characters that have another glyph before it, in order.
    pub(crate) special: BTreeMap<char, u16>,
}

/// The table in the two formats that reading systems support: 4, for all characters up to U+FFFF,
/// and 12, for all; and 14 for the variations, if there are any, in the order of their selectors.
pub(crate) fn table(letters: &BTreeMap<char, u16>, variations: &[Variations]) -> Vec<u8> {
    const UNICODE: u16 = 0;
    const VARIATIONS: u16 = 5;
    const WINDOWS: u16 = 3;
    const BASIC: u16 = 1;
    const FULL: u16 = 10;
    let mut subtables =
        vec![(WINDOWS, BASIC, format_4(letters)), (WINDOWS, FULL, format_12(letters))];
    if !variations.is_empty() {
        subtables.insert(0, (UNICODE, VARIATIONS, format_14(variations)));
    }
    let count = u16::try_from(subtables.len()).unwrap_or_default();
    let mut table = [0, count].map(u16::to_be_bytes).concat();
    let mut at = 4 + 8 * u32::from(count);
    for (platform, encoding, data) in &subtables {
        table.extend([*platform, *encoding].map(u16::to_be_bytes).concat());
        table.extend(at.to_be_bytes());
        at += u32::try_from(data.len()).unwrap_or_default();
    }
    table.extend(subtables.into_iter().flat_map(|(_, _, data)| data));
    table
}

/// Ranges of consecutive letters with consecutive glyphs: first, last, and the glyph of the
/// first.
fn ranges(letters: impl Iterator<Item = (u32, u16)>) -> Vec<(u32, u32, u16)> {
    let mut ranges: Vec<(u32, u32, u16)> = Vec::new();
    for (letter, glyph) in letters {
        match ranges.last_mut() {
            Some((from, to, first))
                if letter == *to + 1 && u32::from(glyph) == u32::from(*first) + letter - *from =>
            {
                *to = letter;
            }
            _ => ranges.push((letter, letter, glyph)),
        }
    }
    ranges
}

fn format_4(letters: &BTreeMap<char, u16>) -> Vec<u8> {
    let basic = letters.iter().filter_map(|(&c, &glyph)| {
        let letter = u16::try_from(u32::from(c)).ok().filter(|&letter| letter != u16::MAX);
        Some((u32::from(letter?), glyph))
    });
    let mut segments: Vec<(u16, u16, u16)> = ranges(basic)
        .into_iter()
        .filter_map(|(from, to, first)| {
            let (from, to) = (u16::try_from(from).ok()?, u16::try_from(to).ok()?);
            Some((from, to, first.wrapping_sub(from)))
        })
        .collect();
    // The last segment maps the last code point to no glyph.
    segments.push((u16::MAX, u16::MAX, 1));
    let count = u16::try_from(segments.len()).unwrap_or(u16::MAX);
    let selector = u16::try_from(count.ilog2()).unwrap_or_default();
    let range = 2 << selector;
    let length = 16 + 8 * count;
    let head = [4, length, 0, 2 * count, range, selector, 2 * count - range];
    let ends = segments.iter().map(|(_, to, _)| *to);
    let starts = segments.iter().map(|(from, _, _)| *from);
    let deltas = segments.iter().map(|(_, _, delta)| *delta);
    let offsets = segments.iter().map(|_| 0);
    let words = head.into_iter().chain(ends).chain([0]).chain(starts).chain(deltas).chain(offsets);
    words.flat_map(u16::to_be_bytes).collect()
}

fn format_12(letters: &BTreeMap<char, u16>) -> Vec<u8> {
    let groups = ranges(letters.iter().map(|(&c, &glyph)| (u32::from(c), glyph)));
    let count = u32::try_from(groups.len()).unwrap_or_default();
    let [high, low] = halves(16 + 12 * count);
    let head = [12, 0, high, low, 0, 0].into_iter().flat_map(u16::to_be_bytes);
    let groups = groups.into_iter().flat_map(|(from, to, first)| [from, to, u32::from(first)]);
    head.chain([count].into_iter().chain(groups).flat_map(u32::to_be_bytes)).collect()
}

fn halves(value: u32) -> [u16; 2] {
    let [a, b, c, d] = value.to_be_bytes();
    [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])]
}

/// Per selector, a table of ranges whose characters keep their glyphs, and one of characters with
/// other glyphs.
fn format_14(variations: &[Variations]) -> Vec<u8> {
    let number = |value: usize| u32::try_from(value).unwrap_or_default();
    let code = |value: u32| value.to_be_bytes().into_iter().skip(1);
    let mut data = Vec::new();
    let mut head = Vec::new();
    let start = 10 + 11 * variations.len();
    for Variations { selector, usual, special } in variations {
        head.extend(code(*selector));
        let usual_at = if usual.is_empty() { 0 } else { start + data.len() };
        if !usual.is_empty() {
            data.extend(number(usual.len()).to_be_bytes());
            // Each range has one character: none follow.
            data.extend(usual.iter().flat_map(|c| code((*c).into()).chain([0])));
        }
        let special_at = if special.is_empty() { 0 } else { start + data.len() };
        if !special.is_empty() {
            data.extend(number(special.len()).to_be_bytes());
            let entries = special.iter();
            data.extend(entries.flat_map(|(c, id)| code((*c).into()).chain(id.to_be_bytes())));
        }
        head.extend([usual_at, special_at].map(|at| number(at).to_be_bytes()).concat());
    }
    let mut table = 14_u16.to_be_bytes().to_vec();
    table.extend(number(start + data.len()).to_be_bytes());
    table.extend(number(variations.len()).to_be_bytes());
    table.extend(head);
    table.extend(data);
    table
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use skrifa::charmap::MapVariant;
    use skrifa::raw::TableProvider as _;
    use skrifa::{FontRef, GlyphId, MetadataProvider as _};

    use super::*;
    use crate::html::fonts::opentype;

    #[test]
    fn both_cmap_subtables_map_to_the_same_glyphs() {
        let mapped: BTreeMap<char, u16> =
            [('A', 7), ('B', 8), ('C', 8), ('가', 9), ('\u{20000}', 10)].into();
        let table = table(&mapped, &[]);
        let font = opentype::file(0x0001_0000, &BTreeMap::from([(*b"cmap", Cow::Owned(table))]));
        let font = FontRef::new(&font).unwrap();
        let cmap = font.cmap().unwrap();
        let [basic, full] =
            [0, 1].map(|at| cmap.encoding_records()[at].subtable(cmap.offset_data()).unwrap());
        for (&c, &glyph) in &mapped {
            let glyph_of = |table: &skrifa::raw::tables::cmap::CmapSubtable<'_>| {
                table.map_codepoint(c).map(GlyphId::to_u32)
            };
            assert_eq!(glyph_of(&full), Some(glyph.into()), "{c}");
            let in_basic = (c <= '\u{ffff}').then_some(u32::from(glyph));
            assert_eq!(glyph_of(&basic), in_basic, "{c}");
        }
        assert_eq!(full.map_codepoint('D'), None);
        assert_eq!(basic.map_codepoint('D'), None);
    }

    #[test]
    fn variation_selectors_choose_among_glyphs() {
        let letters: BTreeMap<char, u16> = [('\u{845b}', 3), ('\u{8fbb}', 4), ('a', 5)].into();
        let variations = [Variations {
            selector: 0xe0100,
            usual: vec!['\u{845b}'],
            special: [('\u{8fbb}', 9)].into(),
        }];
        let table = table(&letters, &variations);
        let font = opentype::file(0x0001_0000, &BTreeMap::from([(*b"cmap", Cow::Owned(table))]));
        let font = FontRef::new(&font).unwrap();
        let charmap = font.charmap();
        let variant = |c: char| charmap.map_variant(c, 0xe0100_u32);
        assert_eq!(variant('\u{845b}'), Some(MapVariant::UseDefault));
        assert_eq!(variant('\u{8fbb}'), Some(MapVariant::Variant(GlyphId::new(9))));
        assert_eq!(variant('a'), None);
        assert_eq!(charmap.map('a'), Some(GlyphId::new(5)));
    }
}
