//! Further codes for glyphs that represent more than one text, since a code represents one text in
//! the whole file (ISO 32000-2, 9.10.3): a small capital is an `a` or an `A`, and a hyphen at the
//! end of a line is none.
//!
//! These codes are far above those of the subset, which grows while pages are written. In a
//! TrueType font a `CIDToGIDMap` leads from them to the glyphs; a CFF font gets copies of the
//! outlines, since its charset gives each glyph only one number.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// The first of these codes.
pub(in crate::pdf) const FIRST_CODE: u16 = 0xC000;

/// The last of these codes; some readers reserve 0xFFFF.
const LAST_CODE: u16 = 0xFFFE;

/// The variant codes of a font.
#[derive(Debug, Default)]
pub(in crate::pdf) struct GlyphVariants {
    /// From [`FIRST_CODE`] on: the code of the same glyph in the subset, and the text.
    codes: Vec<(u16, String)>,
    /// By the code in the subset: the indices of its variants in `codes`.
    by_base_code: BTreeMap<u16, Vec<u16>>,
}

impl GlyphVariants {
    pub(in crate::pdf) fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The variant of a code that represents a text; `None` when all codes are used.
    pub(in crate::pdf) fn get(&mut self, code: u16, text: &str) -> Option<u16> {
        let variants = self.by_base_code.entry(code).or_default();
        let has_text =
            |variant: &&u16| self.codes.get(usize::from(**variant)).is_some_and(|(_, s)| s == text);
        if let Some(variant) = variants.iter().find(has_text) {
            return Some(FIRST_CODE + variant);
        }
        let next =
            u16::try_from(self.codes.len()).ok().filter(|next| *next <= LAST_CODE - FIRST_CODE)?;
        variants.push(next);
        self.codes.push((code, text.into()));
        Some(FIRST_CODE + next)
    }

    /// The code in the subset that has the same glyph as a variant.
    pub(in crate::pdf) fn base_code(&self, code: u16) -> Option<u16> {
        let variant = usize::from(code.checked_sub(FIRST_CODE)?);
        self.codes.get(variant).map(|(base, _)| *base)
    }

    /// The codes in the subset, in the order of the variants.
    pub(in crate::pdf) fn base_codes(&self) -> Vec<u16> {
        self.codes.iter().map(|(base, _)| *base).collect()
    }

    /// The variant codes and their texts.
    pub(in crate::pdf) fn texts(&self) -> impl Iterator<Item = (u16, &str)> {
        (FIRST_CODE..).zip(self.codes.iter().map(|(_, text)| &**text))
    }

    /// The map from codes to the glyphs of a subset with that many glyphs (ISO 32000-2, 9.7.4.3).
    pub(in crate::pdf) fn cid_to_gid_map(&self, subset: u16) -> Vec<u8> {
        let of_subset = (0..FIRST_CODE).map(|code| if code < subset { code } else { 0 });
        of_subset.chain(self.base_codes()).flat_map(u16::to_be_bytes).collect()
    }

    /// The CFF table of a subset, with the outlines of the variants added; `None` unless it is as
    /// the subsetter writes it: CID-keyed, with each glyph's CID equal to its index.
    pub(in crate::pdf) fn add_to_cff<'a>(&self, cff: &'a [u8]) -> Option<Cow<'a, [u8]>> {
        if self.is_empty() {
            return Some(Cow::Borrowed(cff));
        }
        let names = CffIndex::read(cff, usize::from(*cff.get(2)?))?;
        let top = CffIndex::read(cff, names.end)?;
        let [charset, glyphs, fd_select] = top_dict_offsets(cff, top.objects.first()?.clone())?;
        let outlines = CffIndex::read(cff, glyphs.value)?;
        let count = u16::try_from(outlines.objects.len()).ok()?;
        let total = u16::try_from(outlines.objects.len() + self.codes.len()).ok()?;
        let all_glyphs = || (0..count).chain(self.base_codes());

        // The glyphs are last in the subset's table, so the new ones can replace them.
        let end = if outlines.end == cff.len() { glyphs.value } else { cff.len() };
        let mut out = cff.get(..end)?.to_vec();
        let mut write_part = |field: &DictOffset, bytes: Vec<u8>| {
            let offset = i32::try_from(out.len()).ok()?;
            out.extend(bytes);
            out.get_mut(field.at + 1..field.at + 5)?.copy_from_slice(&offset.to_be_bytes());
            Some(())
        };
        // Ranges of CIDs (CFF, 13): from 1, since .notdef needs none, and those of the variants.
        let mut ranges = vec![2];
        for number in [1, count.checked_sub(2)?, FIRST_CODE, total - count - 1] {
            ranges.extend(number.to_be_bytes());
        }
        write_part(&charset, ranges)?;
        let mut fd_select_data = vec![0];
        for glyph in all_glyphs() {
            fd_select_data.push(font_dict_index(cff, fd_select.value, count, glyph)?);
        }
        write_part(&fd_select, fd_select_data)?;
        let mut index = total.to_be_bytes().to_vec();
        index.push(4);
        let mut end = 1;
        index.extend(u32::to_be_bytes(end));
        let mut data = Vec::new();
        for glyph in all_glyphs() {
            let object = cff.get(outlines.objects.get(usize::from(glyph))?.clone())?;
            end += u32::try_from(object.len()).ok()?;
            index.extend(end.to_be_bytes());
            data.extend_from_slice(object);
        }
        index.extend(data);
        write_part(&glyphs, index)?;
        Some(Cow::Owned(out))
    }
}

/// A CFF INDEX: the ranges of its objects, and its end.
struct CffIndex {
    objects: Vec<Range<usize>>,
    end: usize,
}

impl CffIndex {
    fn read(cff: &[u8], at: usize) -> Option<Self> {
        let count = read_number(cff, at..at + 2)?;
        if count == 0 {
            return Some(Self { objects: Vec::new(), end: at + 2 });
        }
        let size = usize::from(*cff.get(at + 2)?);
        let offset =
            |object: usize| read_number(cff, at + 3 + object * size..at + 3 + (object + 1) * size);
        // Offsets count from the byte before the data.
        let before = at + 2 + (count + 1) * size;
        let objects: Option<Vec<_>> = (0..count)
            .map(|object| Some(before + offset(object)?..before + offset(object + 1)?))
            .collect();
        Some(Self { end: before + offset(count)?, objects: objects? })
    }
}

fn read_number(cff: &[u8], bytes: Range<usize>) -> Option<usize> {
    if bytes.len() > 4 {
        return None;
    }
    Some(cff.get(bytes)?.iter().fold(0, |value, byte| value << 8 | usize::from(*byte)))
}

/// An offset in the Top DICT, encoded in five bytes so that it can be changed in place.
struct DictOffset {
    at: usize,
    value: usize,
}

/// The offsets of the charset, the `CharStrings` and `FDSelect` in the Top DICT (CFF, 9).
fn top_dict_offsets(cff: &[u8], dict: Range<usize>) -> Option<[DictOffset; 3]> {
    let (mut charset, mut glyphs, mut fd_select) = (None, None, None);
    let mut operand = None;
    let mut at = dict.start;
    while at < dict.end {
        let byte = *cff.get(at)?;
        let length = match byte {
            28 => 3,
            29 => 5,
            12 | 247..=254 => 2,
            // A real number ends with the nibble 0xF.
            30 => 2 + cff.get(at + 1..dict.end)?.iter().position(|pair| pair & 15 == 15)?,
            _ => 1,
        };
        match (byte, cff.get(at + 1)) {
            (29, _) => {
                operand = Some(DictOffset { at, value: read_number(cff, at + 1..at + 5)? });
            }
            (15, _) => charset = operand.take(),
            (17, _) => glyphs = operand.take(),
            (12, Some(37)) => fd_select = operand.take(),
            _ => operand = None,
        }
        at += length;
    }
    Some([charset?, glyphs?, fd_select?])
}

/// The index of a glyph's font dictionary (CFF, 19).
fn font_dict_index(cff: &[u8], at: usize, count: u16, glyph: u16) -> Option<u8> {
    match cff.get(at)? {
        0 if glyph < count => cff.get(at + 1 + usize::from(glyph)).copied(),
        // The subsetter writes one range for all glyphs.
        3 if read_number(cff, at + 1..at + 3)? == 1 => cff.get(at + 5).copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_has_the_same_code_and_another_one_another() {
        let mut variants = GlyphVariants::default();
        assert_eq!(variants.get(7, "A"), Some(FIRST_CODE));
        assert_eq!(variants.get(7, "B"), Some(FIRST_CODE + 1));
        assert_eq!(variants.get(8, "A"), Some(FIRST_CODE + 2));
        assert_eq!(variants.get(7, "A"), Some(FIRST_CODE));
        assert_eq!(variants.base_code(FIRST_CODE + 2), Some(8));
        assert_eq!((variants.base_code(7), variants.base_code(FIRST_CODE + 3)), (None, None));
    }

    #[test]
    fn a_map_leads_each_code_to_its_glyph() {
        let mut variants = GlyphVariants::default();
        variants.get(2, "A");
        let map = variants.cid_to_gid_map(3);
        let glyph = |code: u16| &map[usize::from(code) * 2..][..2];
        assert_eq!([glyph(2), glyph(3), glyph(FIRST_CODE)], [[0, 2], [0, 0], [0, 2]]);
        assert_eq!(map.len(), usize::from(FIRST_CODE) * 2 + 2);
    }

    #[test]
    fn there_is_an_end_to_them() {
        let mut variants = GlyphVariants::default();
        let made = (0..u32::from(u16::MAX)).filter(|n| variants.get(1, &n.to_string()).is_some());
        assert_eq!(made.count(), usize::from(LAST_CODE - FIRST_CODE) + 1);
    }

    #[test]
    fn outlines_that_are_none_are_refused() {
        let mut variants = GlyphVariants::default();
        assert!(matches!(variants.add_to_cff(b"?"), Some(Cow::Borrowed(b"?"))));
        variants.get(1, "A");
        for damaged in [&b""[..], b"\x01\0\x04\x04", &[1, 0, 4, 4, 0, 1, 1, 1, 2, 65, 0, 0]] {
            assert!(variants.add_to_cff(damaged).is_none());
        }
    }
}
