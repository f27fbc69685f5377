//! Glyphs that stand for more than one text: a second code for the same outline, since a
//! code stands for one text in the whole file (ISO 32000-2, 9.10.3). A small capital is an
//! `a` or an `A`, a hyphen at a line's end is none.
//!
//! Their codes are far above those of the subset, which grows while pages are written. In a
//! TrueType font a map leads them to their glyphs; a CFF font has the outlines twice, as its
//! charset gives a glyph one number only.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// The first of their codes.
pub(in crate::pdf) const FIRST: u16 = 0xC000;

/// The last one; some readers take 0xFFFF for none.
const LAST: u16 = 0xFFFE;

/// The further codes of a font.
#[derive(Debug, Default)]
pub(in crate::pdf) struct GlyphVariants {
    /// From [`FIRST`] on: the code of the same glyph in the subset, and the text.
    codes: Vec<(u16, String)>,
    /// By the code in the subset: where its twins are in `codes`.
    known: BTreeMap<u16, Vec<u16>>,
}

impl GlyphVariants {
    pub(in crate::pdf) fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The twin of a code that stands for a text; `None` when all numbers are taken.
    pub(in crate::pdf) fn get(&mut self, code: u16, text: &str) -> Option<u16> {
        let known = self.known.entry(code).or_default();
        let says =
            |twin: &&u16| self.codes.get(usize::from(**twin)).is_some_and(|(_, s)| s == text);
        if let Some(twin) = known.iter().find(says) {
            return Some(FIRST + twin);
        }
        let next = u16::try_from(self.codes.len()).ok().filter(|next| *next <= LAST - FIRST)?;
        known.push(next);
        self.codes.push((code, text.into()));
        Some(FIRST + next)
    }

    /// The code in the subset that a twin shares its glyph with.
    pub(in crate::pdf) fn first_of(&self, code: u16) -> Option<u16> {
        let twin = usize::from(code.checked_sub(FIRST)?);
        self.codes.get(twin).map(|(first, _)| *first)
    }

    /// In the order of their codes: the codes in the subset.
    pub(in crate::pdf) fn firsts(&self) -> Vec<u16> {
        self.codes.iter().map(|(first, _)| *first).collect()
    }

    /// Their codes and what they stand for.
    pub(in crate::pdf) fn texts(&self) -> impl Iterator<Item = (u16, &str)> {
        (FIRST..).zip(self.codes.iter().map(|(_, text)| &**text))
    }

    /// Which glyph each code shows, where a subset has that many (ISO 32000-2, 9.7.4.3).
    pub(in crate::pdf) fn to_glyphs(&self, subset: u16) -> Vec<u8> {
        let of_subset = (0..FIRST).map(|code| if code < subset { code } else { 0 });
        of_subset.chain(self.firsts()).flat_map(u16::to_be_bytes).collect()
    }

    /// The outlines of a subset with those of the twins behind them; `None` when they are
    /// not as the subsetter writes them: CID-keyed, each glyph's number being its place.
    pub(in crate::pdf) fn among_outlines<'a>(&self, cff: &'a [u8]) -> Option<Cow<'a, [u8]>> {
        if self.is_empty() {
            return Some(Cow::Borrowed(cff));
        }
        let names = CffIndex::read(cff, usize::from(*cff.get(2)?))?;
        let top = CffIndex::read(cff, names.end)?;
        let [charset, glyphs, select] = offsets(cff, top.objects.first()?.clone())?;
        let outlines = CffIndex::read(cff, glyphs.value)?;
        let count = u16::try_from(outlines.objects.len()).ok()?;
        let total = u16::try_from(outlines.objects.len() + self.codes.len()).ok()?;
        let all = || (0..count).chain(self.firsts());

        // The glyphs come last in the subset, so that the new ones can take their place.
        let kept = if outlines.end == cff.len() { glyphs.value } else { cff.len() };
        let mut out = cff.get(..kept)?.to_vec();
        let mut put = |field: &DictOffset, bytes: Vec<u8>| {
            let place = i32::try_from(out.len()).ok()?;
            out.extend(bytes);
            out.get_mut(field.at + 1..field.at + 5)?.copy_from_slice(&place.to_be_bytes());
            Some(())
        };
        // Ranges of numbers (CFF, 13): from 1 on, .notdef needing none, and the twins'.
        let mut ranges = vec![2];
        for number in [1, count.checked_sub(2)?, FIRST, total - count - 1] {
            ranges.extend(number.to_be_bytes());
        }
        put(&charset, ranges)?;
        let mut selected = vec![0];
        for glyph in all() {
            selected.push(font_dict(cff, select.value, count, glyph)?);
        }
        put(&select, selected)?;
        let mut index = total.to_be_bytes().to_vec();
        index.push(4);
        let mut end = 1;
        index.extend(u32::to_be_bytes(end));
        let mut data = Vec::new();
        for glyph in all() {
            let object = cff.get(outlines.objects.get(usize::from(glyph))?.clone())?;
            end += u32::try_from(object.len()).ok()?;
            index.extend(end.to_be_bytes());
            data.extend_from_slice(object);
        }
        index.extend(data);
        put(&glyphs, index)?;
        Some(Cow::Owned(out))
    }
}

/// A CFF INDEX: where its objects lie, and where it ends.
struct CffIndex {
    objects: Vec<Range<usize>>,
    end: usize,
}

impl CffIndex {
    fn read(cff: &[u8], at: usize) -> Option<Self> {
        let count = number(cff, at..at + 2)?;
        if count == 0 {
            return Some(Self { objects: Vec::new(), end: at + 2 });
        }
        let size = usize::from(*cff.get(at + 2)?);
        let offset =
            |object: usize| number(cff, at + 3 + object * size..at + 3 + (object + 1) * size);
        // Offsets count from the byte before the data.
        let before = at + 2 + (count + 1) * size;
        let objects: Option<Vec<_>> = (0..count)
            .map(|object| Some(before + offset(object)?..before + offset(object + 1)?))
            .collect();
        Some(Self { end: before + offset(count)?, objects: objects? })
    }
}

fn number(cff: &[u8], bytes: Range<usize>) -> Option<usize> {
    if bytes.len() > 4 {
        return None;
    }
    Some(cff.get(bytes)?.iter().fold(0, |value, byte| value << 8 | usize::from(*byte)))
}

/// An offset in the Top DICT, written in five bytes so that it can be changed in place.
struct DictOffset {
    at: usize,
    value: usize,
}

/// Where the Top DICT says that the charset, the outlines and the choice of font
/// dictionaries lie (CFF, 9).
fn offsets(cff: &[u8], dict: Range<usize>) -> Option<[DictOffset; 3]> {
    let (mut charset, mut glyphs, mut select) = (None, None, None);
    let mut operand = None;
    let mut at = dict.start;
    while at < dict.end {
        let byte = *cff.get(at)?;
        let length = match byte {
            28 => 3,
            29 => 5,
            12 | 247..=254 => 2,
            // A real number ends with a half byte of ones.
            30 => 2 + cff.get(at + 1..dict.end)?.iter().position(|pair| pair & 15 == 15)?,
            _ => 1,
        };
        match (byte, cff.get(at + 1)) {
            (29, _) => {
                operand = Some(DictOffset { at, value: number(cff, at + 1..at + 5)? });
            }
            (15, _) => charset = operand.take(),
            (17, _) => glyphs = operand.take(),
            (12, Some(37)) => select = operand.take(),
            _ => operand = None,
        }
        at += length;
    }
    Some([charset?, glyphs?, select?])
}

/// Which font dictionary a glyph belongs to (CFF, 19).
fn font_dict(cff: &[u8], at: usize, count: u16, glyph: u16) -> Option<u8> {
    match cff.get(at)? {
        0 if glyph < count => cff.get(at + 1 + usize::from(glyph)).copied(),
        // The subsetter writes one range for all glyphs.
        3 if number(cff, at + 1..at + 3)? == 1 => cff.get(at + 5).copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_has_the_same_code_and_another_one_another() {
        let mut twins = GlyphVariants::default();
        assert_eq!(twins.get(7, "A"), Some(FIRST));
        assert_eq!(twins.get(7, "B"), Some(FIRST + 1));
        assert_eq!(twins.get(8, "A"), Some(FIRST + 2));
        assert_eq!(twins.get(7, "A"), Some(FIRST));
        assert_eq!(twins.first_of(FIRST + 2), Some(8));
        assert_eq!((twins.first_of(7), twins.first_of(FIRST + 3)), (None, None));
    }

    #[test]
    fn a_map_leads_each_code_to_its_glyph() {
        let mut twins = GlyphVariants::default();
        twins.get(2, "A");
        let map = twins.to_glyphs(3);
        let glyph = |code: u16| &map[usize::from(code) * 2..][..2];
        assert_eq!([glyph(2), glyph(3), glyph(FIRST)], [[0, 2], [0, 0], [0, 2]]);
        assert_eq!(map.len(), usize::from(FIRST) * 2 + 2);
    }

    #[test]
    fn there_is_an_end_to_them() {
        let mut twins = GlyphVariants::default();
        let made = (0..u32::from(u16::MAX)).filter(|n| twins.get(1, &n.to_string()).is_some());
        assert_eq!(made.count(), usize::from(LAST - FIRST) + 1);
    }

    #[test]
    fn outlines_that_are_none_are_refused() {
        let mut twins = GlyphVariants::default();
        assert!(matches!(twins.among_outlines(b"?"), Some(Cow::Borrowed(b"?"))));
        twins.get(1, "A");
        for damaged in [&b""[..], b"\x01\0\x04\x04", &[1, 0, 4, 4, 0, 1, 1, 1, 2, 65, 0, 0]] {
            assert!(twins.among_outlines(damaged).is_none());
        }
    }
}
