//! The stylesheet of the fixed pages: a family for each face, a class for each way of
//! setting words.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use skrifa::raw::tables::os2::SelectionFlags;
use skrifa::raw::{FontRef, TableProvider};

use crate::model::{FaceId, GlyphRun, Ink, Language, Length, Letters, Pages};
use crate::typeset::{Face, FaceData, Faces, Family};

use super::lines::TextLine;
use super::viewport::{Viewport, css};
use crate::epub::style::fonts::{EmbeddedFace, bundled};
use crate::epub::style::scripts::is_plain;
use crate::epub::style::subset::{LettersByFace, ShownLetters};

/// What all pages have in common.
const BASE: &str = include_str!("fixed.css");

/// The stylesheet, its faces, and the classes of its words.
#[derive(Debug)]
pub(super) struct FixedStylesheet<'a> {
    /// The CSS.
    pub(super) css: String,
    /// The faces that it names.
    pub(super) faces: Vec<EmbeddedFace<'a>>,
    all: &'a Faces,
    language: &'a Language,
    looks: Vec<RunStyle>,
    /// By face: from the middle of a line to its baseline, in ems.
    drops: BTreeMap<FaceId, f64>,
    /// The faces of which nothing is left but their letters.
    unshaped: BTreeSet<FaceId>,
}

/// All that tells the words of one run from those of another, but for where they stand.
#[derive(Debug, Clone, PartialEq)]
struct RunStyle {
    face: FaceId,
    size: i64,
    ink: Ink,
    letters: Letters,
}

impl RunStyle {
    fn new(run: &GlyphRun) -> Self {
        let GlyphRun { face, size, ink, letters, .. } = run;
        Self { face: *face, size: size.to_emu(), ink: *ink, letters: letters.clone() }
    }
}

impl<'a> FixedStylesheet<'a> {
    /// The stylesheet of laid-out pages.
    pub(super) fn new(
        pages: &Pages,
        faces: &'a Faces,
        language: &'a Language,
        viewport: Viewport,
    ) -> Self {
        let mut sheet = Self {
            css: String::new(),
            faces: Vec::new(),
            all: faces,
            language,
            looks: Vec::new(),
            drops: BTreeMap::new(),
            unshaped: BTreeSet::new(),
        };
        let mut families = BTreeMap::new();
        let shown = LettersByFace::on(Some(pages));
        let mut rules = String::new();
        for run in pages.runs() {
            let look = RunStyle::new(run);
            if sheet.looks.contains(&look) {
                continue;
            }
            let family = families.entry(run.face).or_insert_with(|| {
                let embed = |face| sheet.embed(run.face, face, shown.get(run.face));
                faces.get(run.face).map(embed).unwrap_or_default()
            });
            rules.push_str(&rule(sheet.looks.len(), run, family, viewport));
            sheet.looks.push(look);
        }
        let (width, height) = (viewport.pixels.width, viewport.pixels.height);
        let size = format!("body {{\n  width: {width}px;\n  height: {height}px;\n}}\n\n");
        sheet.css.push_str(BASE);
        sheet.css.push('\n');
        sheet.css.push_str(&size);
        sheet.css.push_str(&rules);
        sheet
    }

    /// The class of a run's words.
    pub(super) fn class(&self, run: &GlyphRun) -> String {
        let look = RunStyle::new(run);
        let number = self.looks.iter().position(|other| *other == look).unwrap_or(0);
        format!("t{number}")
    }

    /// From the middle of a run's line box to its baseline, in ems.
    pub(super) fn drop(&self, run: &GlyphRun) -> f64 {
        self.drops.get(&run.face).copied().unwrap_or(0.35)
    }

    /// The class of the hyphen at a line's end: the one that the face has.
    pub(super) fn hyphen(&self, line: &TextLine<'_>) -> &'static str {
        let face = line.runs.last().and_then(|run| self.all.get(run.face));
        if face.is_some_and(|face| face.has('\u{2010}')) { "hyphen" } else { "hyphen-minus" }
    }

    /// How wide a run is in a reading system that adds nothing, the hyphen at its end included.
    pub(super) fn natural(&self, run: &GlyphRun) -> Length {
        let hyphen = run.glyphs.iter().filter(|glyph| run.shown(glyph).is_empty());
        let words = if self.unshaped.contains(&run.face) {
            self.all.width_unshaped(run, |face, c| face.glyph(c).filter(|_| is_plain(c)))
        } else {
            self.all.width_again(run, self.language)
        };
        words + hyphen.map(|glyph| glyph.advance).sum()
    }

    /// Adds a face under a family of its own, so that no reading system can take another
    /// for it; returns the family with what may stand in for it.
    fn embed(&mut self, id: FaceId, face: &'a Face, letters: Option<&ShownLetters>) -> String {
        self.drops.insert(id, drop(face));
        let embedded = match &face.data {
            FaceData::Bundled(_) => bundled(&face.name),
            FaceData::Read(bytes) => {
                let font = (bytes.as_slice(), face.index);
                EmbeddedFace::brought("face", usize::from(id.0), font, letters)
            }
        };
        let generic = match face.family {
            Some(Family::Sans) => "sans-serif",
            Some(Family::Mono) => "monospace",
            Some(Family::Serif) | None => "serif",
        };
        let Some(embedded) = embedded else { return generic.to_owned() };
        if embedded.is_subset {
            self.unshaped.insert(id);
        }
        if let Some(same) = self.faces.iter().position(|face| face.bytes == embedded.bytes) {
            return format!("\"face-{}\", {generic}", same + 1);
        }
        let family = format!("face-{}", self.faces.len() + 1);
        // Into a string, this cannot fail.
        let _ = write!(
            self.css,
            "@font-face {{\n  font-family: \"{family}\";\n  src: url(\"{}\");\n}}\n\n",
            embedded.file
        );
        self.faces.push(embedded);
        format!("\"{family}\", {generic}")
    }
}

fn rule(number: usize, run: &GlyphRun, family: &str, viewport: Viewport) -> String {
    let [red, green, blue] = run.ink.on_screen();
    let size = css(viewport.px(run.size));
    let mut rule = format!(
        ".t{number} {{\n  font-family: {family};\n  font-size: {size}px;\n  \
         color: #{red:02x}{green:02x}{blue:02x};\n"
    );
    let Letters { features, uppercase, tracking } = &run.letters;
    if !features.is_empty() {
        let settings: Vec<String> = features
            .iter()
            .map(|(tag, value)| format!("\"{}\" {value}", String::from_utf8_lossy(tag)))
            .collect();
        let _ = writeln!(rule, "  font-feature-settings: {};", settings.join(", "));
    }
    if *uppercase {
        rule.push_str("  text-transform: uppercase;\n");
    }
    if tracking.to_emu() != 0 {
        let _ = writeln!(rule, "  letter-spacing: {}px;", css(viewport.px(*tracking)));
    }
    rule.push_str("}\n\n");
    rule
}

/// A line box stands around the middle between ascent and descent, wherever that is
/// (CSS 2.2, 10.8.1): the distance from there to the baseline.
fn drop(face: &Face) -> f64 {
    let (mut ascent, mut descent) = (face.ascent, face.descent);
    if let Ok(os2) = FontRef::from_index(&face.data, face.index).and_then(|font| font.os2())
        && os2.fs_selection().contains(SelectionFlags::USE_TYPO_METRICS)
    {
        (ascent, descent) = (os2.s_typo_ascender(), os2.s_typo_descender());
    }
    f64::from(i32::from(ascent) + i32::from(descent)) / 2.0 / f64::from(face.units_per_em)
}
