//! Fonts for a web page that has them in its stylesheet: reduced to the characters of the page,
//! with all that setting them needs, as WOFF.
//!
//! A subset has the glyphs of its characters, those that the layout tables replace them with
//! (ligatures, figures, joined letters), and the kerning and marks between these. skera writes
//! all tables except `CFF `, which subsetter writes with the same numbers of glyphs.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use icu_normalizer::DecomposingNormalizer;
use icu_normalizer::properties::{
    CanonicalCombiningClassMapBorrowed, CanonicalCompositionBorrowed,
};
use skera::{Plan, SubsetFlags};
use skrifa::charmap::MapVariant;
use skrifa::raw::TableProvider as _;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::NameId;
use skrifa::{FontRef, GlyphId, MetadataProvider as _, Tag};
use subsetter::GlyphRemapper;

use crate::html::fonts::cmap::{self, Variations};
use crate::html::fonts::{opentype, woff};
use crate::typeset::bundled_font;

/// The flag that the font may only be embedded whole (OpenType, OS/2, `fsType`).
const NO_SUBSETTING: u16 = 0x0100;

/// Characters that a browser may show although the text does not have them: hyphens at the ends
/// of lines, the markers and numbers of lists, and the circle under a mark that has no letter.
const ADDED_BY_BROWSERS: &str = " \u{a0}-\u{2010}\u{ad}.•◦▪\u{2026}0123456789\u{25cc}";

/// The features that a browser applies by default, in all scripts, and the styles of figures.
const FEATURES: [&[u8; 4]; 58] = [
    b"ccmp", b"locl", b"rlig", b"rclt", b"calt", b"clig", b"liga", b"mark", b"mkmk", b"kern",
    b"curs", b"dist", b"rvrn", b"abvm", b"blwm", b"onum", b"lnum", b"pnum", b"tnum", b"ltra",
    b"ltrm", b"rtla", b"rtlm", b"isol", b"init", b"medi", b"fina", b"med2", b"fin2", b"fin3",
    b"mset", b"stch", b"ljmo", b"vjmo", b"tjmo", b"nukt", b"akhn", b"rphf", b"rkrf", b"pref",
    b"blwf", b"abvf", b"half", b"pstf", b"vatu", b"cjct", b"cfar", b"pres", b"abvs", b"blws",
    b"psts", b"haln", b"palt", b"halt", b"chws", b"cswh", b"frac", b"case",
];

/// The copyright, the family, the style, the full name, the PostScript name, the licence and its
/// address (OpenType, `name`).
const NAMES: [u16; 7] = [0, 1, 2, 4, 6, 13, 14];

/// Tables for text in columns, for printers and for other programs than browsers.
const DROPPED: [&[u8; 4]; 9] =
    [b"vhea", b"vmtx", b"VORG", b"VVAR", b"DSIG", b"JSTF", b"MATH", b"hdmx", b"VDMX"];

/// The tables from which subsetter takes the outlines of a PostScript font.
const CFF_AND_METRICS: [&[u8; 4]; 5] = [b"CFF ", b"head", b"hhea", b"hmtx", b"maxp"];

/// A font as WOFF with the given characters, their capitals, and what the features of all pages
/// make of them; `features` has those that the stylesheet asks for besides (`smcp` and `c2sc`
/// for small capitals, `sups` for superiors). `index` is the number of a font in a collection.
///
/// A font that must not be divided, or whose tables cannot, is packed whole. `None` if the file
/// is not a font.
pub(crate) fn web_font(
    bytes: &[u8],
    index: u32,
    characters: &BTreeSet<char>,
    features: &[[u8; 4]],
) -> Option<Vec<u8>> {
    let font = FontRef::from_index(bytes, index).ok()?;
    let whole = || opentype::extract(&font);
    let file = subset(&font, characters, features).unwrap_or_else(whole);
    woff::pack(&file)
}

/// A bundled face, by its PostScript name, as [`web_font`] packs it.
pub(crate) fn bundled_web_font(
    name: &str,
    characters: &BTreeSet<char>,
    features: &[[u8; 4]],
) -> Option<Vec<u8>> {
    web_font(bundled_font(name)?, 0, characters, features)
}

fn subset(
    font: &FontRef<'_>,
    characters: &BTreeSet<char>,
    features: &[[u8; 4]],
) -> Option<Vec<u8>> {
    if !may_be_subset(font) {
        return None;
    }
    let shown = shown(characters);
    let version = font.table_directory().sfnt_version();
    let mut tables = opentype::tables(font);
    tables.insert(*b"cmap", Cow::Owned(shown_glyphs(font, &shown)?));
    let reduced = opentype::file(version, &tables);
    let reduced = FontRef::new(&reduced).ok()?;

    let tags = |tags: &[&[u8; 4]]| tags.iter().map(|tag| Tag::new(tag)).collect::<IntSet<Tag>>();
    let mut layout = tags(&FEATURES);
    layout.extend(features.iter().map(Tag::new));
    let plan = Plan::new(
        &IntSet::empty(),
        &shown.into_iter().map(u32::from).collect(),
        &reduced,
        SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE
            | SubsetFlags::SUBSET_FLAGS_NO_PRUNE_UNICODE_RANGES,
        &tags(&DROPPED),
        &IntSet::all(),
        &layout,
        &NAMES.into_iter().map(NameId::new).collect(),
        &IntSet::all(),
    );
    let subset = skera::subset_font(&reduced, &plan).ok()?;
    let subset = FontRef::new(&subset).ok()?;
    let mut subset = opentype::tables(&subset);
    if tables.contains_key(b"CFF ") {
        // subsetter reads no more than it needs for the outlines.
        tables.retain(|tag, _| CFF_AND_METRICS.contains(&tag));
        let outlines = opentype::file(version, &tables);
        subset.insert(*b"CFF ", Cow::Owned(cff(&outlines, &plan)?));
    }
    Some(opentype::file(version, &subset))
}

/// The `cmap` of the shown characters, and of the forms of ideographs that selectors among them
/// choose. `None` if it names a glyph that the font does not have.
fn shown_glyphs(font: &FontRef<'_>, shown: &BTreeSet<char>) -> Option<Vec<u8>> {
    let charmap = font.charmap();
    let count = font.maxp().ok()?.num_glyphs();
    let number = |id: GlyphId| u16::try_from(id.to_u32()).ok().filter(|id| *id < count);
    let mut letters = BTreeMap::new();
    for &c in shown {
        if let Some(id) = charmap.map(c) {
            letters.insert(c, number(id)?);
        }
    }
    let selectors = shown.iter().copied();
    let is_selector = |c: &char| matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    let mut variations = Vec::new();
    for selector in selectors.filter(is_selector).map(u32::from) {
        let mut variation = Variations { selector, ..Variations::default() };
        for &c in shown {
            match charmap.map_variant(c, selector) {
                Some(MapVariant::UseDefault) => variation.usual.push(c),
                Some(MapVariant::Variant(id)) => {
                    variation.special.insert(c, number(id)?);
                }
                None => {}
            }
        }
        if variation != (Variations { selector, ..Variations::default() }) {
            variations.push(variation);
        }
    }
    Some(cmap::table(&letters, &variations))
}

/// Whether the font permits it, and all that it uses can be put into a subset: neither outlines
/// of variable PostScript fonts nor the layout of Apple and Graphite, nor pictures in SVG.
fn may_be_subset(font: &FontRef<'_>) -> bool {
    let has = |tag: &[u8; 4]| font.table_data(Tag::new(tag)).is_some();
    let permitted = font.os2().is_ok_and(|os2| os2.fs_type() & NO_SUBSETTING == 0);
    let without = |tables: &[&[u8; 4]]| !tables.iter().any(|tag| has(tag));
    permitted
        && font.maxp().is_ok()
        && (has(b"glyf") || has(b"CFF "))
        && without(&[b"CFF2", b"SVG ", b"Silf"])
        && (has(b"GSUB") || without(&[b"morx", b"mort"]))
        && (has(b"GPOS") || without(&[b"kern", b"kerx"]))
}

/// The characters, those that browsers add, their capitals, and the canonical equivalents by
/// which a browser replaces what a font lacks: `é` for `e` and an accent, and the reverse.
fn shown(characters: &BTreeSet<char>) -> BTreeSet<char> {
    let mut shown: BTreeSet<char> = ADDED_BY_BROWSERS.chars().collect();
    shown.extend(characters);
    shown.extend(characters.iter().flat_map(|c| c.to_uppercase()));
    let whole: String = shown.iter().collect();
    shown.extend(DecomposingNormalizer::new_nfd().normalize(&whole).chars());
    let composition = CanonicalCompositionBorrowed::new();
    let class = CanonicalCombiningClassMapBorrowed::new();
    // Marks, and the scripts of India and Korea, whose vowels follow the letter that they join.
    let may_follow = |c: &char| class.get_u8(*c) != 0 || matches!(c, '\u{900}'..='\u{11ff}');
    let second: Vec<char> = characters.iter().copied().filter(may_follow).collect();
    // A letter may have two marks, as in Vietnamese, and a syllable of Korean has three letters.
    for _ in 0..2 {
        let pairs = shown.iter().flat_map(|&c| second.iter().map(move |&mark| (c, mark)));
        let composed: Vec<char> =
            pairs.filter_map(|(c, mark)| composition.compose(c, mark)).collect();
        shown.extend(composed);
    }
    shown
}

/// The outlines of a PostScript font, with the numbers of glyphs of the plan.
fn cff(file: &[u8], plan: &Plan) -> Option<Vec<u8>> {
    let glyphs: BTreeMap<GlyphId, GlyphId> =
        plan.old_to_new_glyph_mapping().map(|(old, new)| (new, old)).collect();
    let mut numbers = GlyphRemapper::new();
    for (new, old) in glyphs {
        let number = numbers.remap(u16::try_from(old.to_u32()).ok()?);
        if u32::from(number) != new.to_u32() {
            return None;
        }
    }
    let outlines = subsetter::subset(file, 0, &numbers).ok()?;
    let outlines = FontRef::new(&outlines).ok()?;
    Some(outlines.table_data(Tag::new(b"CFF "))?.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use harfrust::{Buffer, Feature, Font, ShapeOptions, ShaperFont};
    use skrifa::font::Blob;
    use skrifa::instance::{LocationRef, Size};
    use skrifa::outline::{DrawSettings, pen::SvgPen};

    use super::*;
    use crate::html::fonts::woff::tests::unpack;

    const HAN: &[u8] = include_bytes!("../../../tests/specimen/fonts/SpecimenHan-Regular.otf");
    const FACES: [&str; 16] = [
        "SourceSerif4-Regular",
        "SourceSerif4-It",
        "SourceSerif4-Semibold",
        "SourceSerif4-SemiboldIt",
        "SourceSans3-Regular",
        "SourceSans3-It",
        "SourceSans3-Semibold",
        "SourceCodePro-Regular",
        "SourceSerif4Caption-Regular",
        "SourceSerif4Caption-It",
        "SourceSerif4Display-Regular",
        "SourceSerif4Display-It",
        "NotoNaskhArabic-Regular",
        "NotoNaskhArabic-SemiBold",
        "NotoSerifHebrew-Regular",
        "NotoSerifHebrew-SemiBold",
    ];

    fn characters(text: &str) -> BTreeSet<char> {
        text.chars().collect()
    }

    /// What a shaper makes of a text: the outline, the advance and the offset of each glyph.
    fn shaped(file: &[u8], text: &str, features: &[&[u8; 4]]) -> Vec<(String, [i32; 3])> {
        let font = FontRef::new(file).unwrap();
        let shared = std::sync::Arc::new(file.to_vec());
        let face = Font::new(Blob::Shared(shared), 0).unwrap();
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let features: Vec<Feature> =
            features.iter().map(|tag| Feature::new(Tag::new(tag), 1, ..)).collect();
        let shaper = ShaperFont::new(&face);
        harfrust::shape(&shaper, &mut buffer, ShapeOptions::new().features(&features)).unwrap();
        let outlines = font.outline_glyphs();
        let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        glyphs
            .map(|(info, position)| {
                let mut pen = SvgPen::new();
                let unhinted = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                outlines.get(info.glyph_id.into()).unwrap().draw(unhinted, &mut pen).unwrap();
                let numbers = [position.x_advance, position.x_offset, position.y_offset];
                (pen.to_string(), numbers)
            })
            .collect()
    }

    #[track_caller]
    fn assert_set_alike(face: &[u8], text: &str, features: &[&[u8; 4]]) {
        let asked: Vec<[u8; 4]> = features.iter().map(|tag| **tag).collect();
        let woff = web_font(face, 0, &characters(text), &asked).unwrap();
        let subset = unpack(&woff);
        assert_eq!(shaped(&subset, text, features), shaped(face, text, features), "{text}");
        assert!(subset.len() < face.len(), "{} of {}", subset.len(), face.len());
    }

    #[test]
    fn text_is_set_with_a_subset_as_with_the_whole_font() {
        for name in &FACES[..12] {
            let face = bundled_font(name).unwrap();
            for features in [&[][..], &[b"onum", b"pnum"], &[b"lnum", b"tnum"], &[b"smcp", b"c2sc"]]
            {
                assert_set_alike(face, "Offer, fjord & ‘AVATAR’ To. 1926–27, Łódź ÅÖß", features);
                assert_set_alike(face, "e\u{301}a\u{308} Đorđe Ђорђе Άλφα", features);
            }
            assert_set_alike(face, "H2O x3 1st", &[b"sups"]);
        }
    }

    #[test]
    fn arabic_letters_join_and_marks_of_hebrew_find_their_letters() {
        let naskh = bundled_font("NotoNaskhArabic-Regular").unwrap();
        assert_set_alike(naskh, "السَّلامُ عليكم، ١٩٢٦ لله (پژگچ)", &[]);
        let hebrew = bundled_font("NotoSerifHebrew-Regular").unwrap();
        assert_set_alike(hebrew, "בְּרֵאשִׁית בָּרָא, שָׁלוֹם 1926", &[]);
    }

    #[test]
    fn letters_of_east_asia_are_set_alike() {
        assert_set_alike(HAN, "春の海、", &[]);
    }

    #[test]
    fn a_letter_and_an_accent_that_become_one_glyph_are_there() {
        let face = bundled_font("SourceSerif4-Regular").unwrap();
        let file = unpack(&web_font(face, 0, &characters("e\u{301}"), &[]).unwrap());
        let font = FontRef::new(&file).unwrap();
        for c in "e\u{301}éÉ-\u{2010} 0".chars() {
            assert!(font.charmap().map(c).is_some(), "{c}");
        }
        assert!(font.charmap().map('q').is_none());
    }

    #[test]
    fn a_subset_has_the_licence_of_its_font_and_is_small() {
        let face = bundled_font("SourceSerif4-Regular").unwrap();
        let latin: BTreeSet<char> = (' '..='~').chain("äöüéèêçñåø–—‘’“”«»…".chars()).collect();
        let woff = web_font(face, 0, &latin, &[]).unwrap();
        assert!(woff.len() < 32_000, "{} bytes", woff.len());
        let file = unpack(&woff);
        let font = FontRef::new(&file).unwrap();
        let names = font.localized_strings(skrifa::string::StringId::COPYRIGHT_NOTICE);
        assert!(names.english_or_first().unwrap().to_string().contains("Adobe"));
        assert_eq!(web_font(face, 0, &latin, &[]).unwrap(), woff);
    }

    #[test]
    fn a_font_that_may_not_be_divided_is_packed_whole() {
        let font = FontRef::new(bundled_font("SourceSerif4-It").unwrap()).unwrap();
        let mut tables = opentype::tables(&font);
        let os2 = tables.get_mut(b"OS/2").unwrap().to_mut();
        os2[8..10].copy_from_slice(&NO_SUBSETTING.to_be_bytes());
        let restricted = opentype::file(font.table_directory().sfnt_version(), &tables);
        let woff = web_font(&restricted, 0, &characters("abc"), &[]).unwrap();
        let extracted = opentype::extract(&FontRef::new(&restricted).unwrap());
        assert_eq!(unpack(&woff), extracted);
    }

    #[test]
    fn a_damaged_font_is_no_danger() {
        let text = characters("Offer السَّلام שָׁלוֹם 春の海");
        let mut random: u64 = 1;
        let mut next = move |limit: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(random >> 33).unwrap() % limit
        };
        let faces = ["SourceSerif4-It", "NotoNaskhArabic-Regular", "NotoSerifHebrew-Regular"];
        let bundled = faces.iter().map(|name| bundled_font(name).unwrap());
        let fonts: Vec<&[u8]> = bundled.chain([HAN]).collect();
        for round in 0..400 {
            let mut bytes = fonts[round % fonts.len()].to_vec();
            let font = FontRef::new(&bytes).unwrap();
            let records = font.table_directory().table_records();
            // Half of the damage is in the directory and the first bytes of a table, where
            // lengths and offsets are.
            let starts: Vec<usize> =
                records.iter().map(|record| record.offset().try_into().unwrap()).collect();
            for _ in 0..=next(6) {
                let at = match next(4) {
                    0 => next(bytes.len()),
                    1 => 12 + next(16 * starts.len()),
                    _ => starts[next(starts.len())] + next(200),
                };
                let value = [0, 1, 0x7f, 0x80, 0xff][next(5)];
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = value;
                }
            }
            if next(8) == 0 {
                bytes.truncate(next(bytes.len()));
            }
            let _ = web_font(&bytes, 0, &text, &[*b"smcp"]);
        }
    }
}
