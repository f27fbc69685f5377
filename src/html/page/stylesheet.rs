//! The stylesheet of laid-out pages: a family for each face, a class for each style of
//! run.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use skrifa::raw::tables::os2::SelectionFlags;
use skrifa::raw::{FontRef, TableProvider};

use crate::model::{FaceId, GlyphRun, Ink, Language, Length, Letters, Pages, Pixels};
use crate::typeset::{Face, FaceData, Faces, Family};

use super::lines::TextLine;
use super::viewport::{Viewport, css};
use crate::html::fonts::embedded::{EmbeddedFace, bundled};
use crate::html::fonts::scripts::is_plain;
use crate::html::fonts::subset::{LettersByFace, ShownLetters};

/// The rules shared by all pages.
const BASE: &str = include_str!("page.css");

/// The stylesheet, its faces, and the classes of its runs.
#[derive(Debug)]
pub(crate) struct PageStylesheet<'a> {
    /// The `@font-face` rules.
    pub(crate) font_face_rules: String,
    /// The rules of the classes.
    rules: String,
    viewport: Viewport,
    /// The faces that it refers to.
    pub(crate) faces: Vec<EmbeddedFace<'a>>,
    font_faces: &'a Faces,
    language: &'a Language,
    styles: Vec<RunStyle>,
    /// By face: the distance from the middle of a line to its baseline, in ems.
    baseline_offsets: BTreeMap<FaceId, f64>,
    /// The faces reduced to their glyphs, without layout tables.
    unshaped_faces: BTreeSet<FaceId>,
}

/// The style of a run: all its properties except its text and position.
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

impl<'a> PageStylesheet<'a> {
    /// Creates the stylesheet of laid-out pages.
    pub(crate) fn new(
        pages: &[&Pages],
        faces: &'a Faces,
        language: &'a Language,
        viewport: Viewport,
    ) -> Self {
        let mut stylesheet = Self {
            font_face_rules: String::new(),
            rules: String::new(),
            viewport,
            faces: Vec::new(),
            font_faces: faces,
            language,
            styles: Vec::new(),
            baseline_offsets: BTreeMap::new(),
            unshaped_faces: BTreeSet::new(),
        };
        let mut families = BTreeMap::new();
        let letters = LettersByFace::from_pages(pages.iter().copied());
        for run in pages.iter().flat_map(|pages| pages.runs()) {
            let style = RunStyle::new(run);
            if stylesheet.styles.contains(&style) {
                continue;
            }
            let family = families.entry(run.face).or_insert_with(|| {
                let embed = |face| stylesheet.embed(run.face, face, letters.get(run.face));
                faces.get(run.face).map(embed).unwrap_or_default()
            });
            let rule = rule(stylesheet.styles.len(), run, family, viewport);
            stylesheet.rules.push_str(&rule);
            stylesheet.styles.push(style);
        }
        stylesheet
    }

    /// The CSS of a file that contains one page.
    pub(crate) fn css(&self) -> String {
        format!("{}{}", self.font_face_rules, self.page_rules())
    }

    /// All rules except those of the fonts, where the page is its own `body`.
    fn page_rules(&self) -> String {
        let Pixels { width, height } = self.viewport.pixels;
        let rules = &self.rules;
        format!("{BASE}\nbody {{\n  width: {width}px;\n  height: {height}px;\n}}\n\n{rules}")
    }

    /// The same rules for pages that are elements of a longer file, matched by `selector`.
    pub(crate) fn scoped_rules(&self, selector: &str) -> String {
        format!("{selector} {{\n{}}}\n", self.page_rules().replace("\nbody {", "\n& {"))
    }

    /// The class of a run.
    pub(crate) fn class(&self, run: &GlyphRun) -> String {
        let style = RunStyle::new(run);
        let number = self.styles.iter().position(|other| *other == style).unwrap_or(0);
        format!("t{number}")
    }

    /// The distance from the middle of a run's line box to its baseline, in ems.
    pub(crate) fn baseline_offset(&self, run: &GlyphRun) -> f64 {
        self.baseline_offsets.get(&run.face).copied().unwrap_or(0.35)
    }

    /// The class of the hyphen at the end of a line, depending on the hyphen character in the
    /// face.
    pub(crate) fn hyphen(&self, line: &TextLine<'_>) -> &'static str {
        let face = line.runs.last().and_then(|run| self.font_faces.get(run.face));
        if face.is_some_and(|face| face.has('\u{2010}')) { "hyphen" } else { "hyphen-minus" }
    }

    /// The width of a run in a reading system without added spacing, including a hyphen at its
    /// end.
    pub(crate) fn natural_width(&self, run: &GlyphRun) -> Length {
        let hyphen = run.glyphs.iter().filter(|glyph| run.text_of(glyph).is_empty());
        let text = if self.unshaped_faces.contains(&run.face) {
            self.font_faces.unshaped_width(run, |face, c| face.glyph(c).filter(|_| is_plain(c)))
        } else {
            self.font_faces.reshaped_width(run, self.language)
        };
        text + hyphen.map(|glyph| glyph.advance).sum()
    }

    /// Adds a face under a unique family name, so that no reading system substitutes another;
    /// returns the family with its fallback.
    fn embed(&mut self, id: FaceId, face: &'a Face, letters: Option<&ShownLetters>) -> String {
        self.baseline_offsets.insert(id, baseline_offset(face));
        let embedded = match &face.data {
            FaceData::Bundled(_) => bundled(&face.name),
            FaceData::Read(bytes) => {
                let font = (bytes.as_slice(), face.index);
                EmbeddedFace::from_manifest("face", usize::from(id.0), font, letters)
            }
        };
        let generic = match face.family {
            Some(Family::Sans) => "sans-serif",
            Some(Family::Mono) => "monospace",
            Some(Family::Serif) | None => "serif",
        };
        let Some(embedded) = embedded else { return generic.to_owned() };
        if embedded.is_subset {
            self.unshaped_faces.insert(id);
        }
        if let Some(same) = self.faces.iter().position(|face| face.bytes == embedded.bytes) {
            return format!("\"face-{}\", {generic}", same + 1);
        }
        let family = format!("face-{}", self.faces.len() + 1);
        // Writing to a string cannot fail.
        let _ = write!(
            self.font_face_rules,
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

/// The distance from the middle of a line box to the baseline. The box is centred on the middle
/// between ascent and descent (CSS 2.2, 10.8.1).
fn baseline_offset(face: &Face) -> f64 {
    let (mut ascent, mut descent) = (face.ascent, face.descent);
    if let Ok(os2) = FontRef::from_index(&face.data, face.index).and_then(|font| font.os2())
        && os2.fs_selection().contains(SelectionFlags::USE_TYPO_METRICS)
    {
        (ascent, descent) = (os2.s_typo_ascender(), os2.s_typo_descender());
    }
    f64::from(i32::from(ascent) + i32::from(descent)) / 2.0 / f64::from(face.units_per_em)
}
