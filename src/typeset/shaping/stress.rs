//! Emphasis in scripts that have no italics, or no bolder face: other scripts have forms of their
//! own for it.

use unicode_script::Script;

use crate::model::{FaceId, Language, Length, Point, Rect, Size};

use crate::typeset::font::coverage::{clusters, covers};
use crate::typeset::shaping::script::{is_alphabetic, is_ideographic, is_joining, script_of};
use crate::typeset::{Faces, Slant, Span, Stress, Style, Weight};

/// How letters are set apart besides their face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) enum StressForm {
    /// Not at all.
    Plain,
    /// With space between them, as in Hebrew and Cyrillic.
    Spaced,
    /// With dots, as in Chinese, Japanese and Korean.
    Dotted(DotSide),
    /// A little larger, where nothing else is possible.
    Larger,
}

/// The side of letters on which emphasis dots are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) enum DotSide {
    /// In Japanese and Korean.
    Over,
    /// In Chinese.
    Under,
}

impl DotSide {
    /// The dot of a letter with its middle at `x` on the baseline.
    pub(in crate::typeset) fn dot(self, x: Length, size: Length) -> Rect {
        let diameter = size.scale(15, 100);
        let top = match self {
            Self::Over => -size.scale(105, 100),
            Self::Under => size.scale(16, 100),
        };
        Rect::new(Point::new(x - diameter / 2, top), Size::new(diameter, diameter))
    }
}

/// The forms of a span.
#[derive(Debug)]
pub(in crate::typeset) struct SpanStress {
    /// The faces of its letters, the best first.
    pub(in crate::typeset) order: Vec<FaceId>,
    stress: Stress,
    /// The faces of italics, and the bolder or lighter ones, if it is set apart.
    italics: Vec<FaceId>,
    contrast: Vec<FaceId>,
    weight: Weight,
    dots: DotSide,
}

impl SpanStress {
    /// The faces and forms of a span. If none of its letters have italics, its figures and
    /// punctuation are upright too.
    pub(in crate::typeset) fn new(faces: &Faces, span: &Span, language: &Language) -> Self {
        let style = &span.style;
        let italic = Style { slant: Slant::Italic, ..style.clone() };
        let upright = Style { slant: Slant::Upright, ..style.clone() };
        let is_italic = style.slant == Slant::Italic;
        let order = faces.order(style);
        let beyond_latin = span.text.chars().any(|c| c >= '\u{590}');
        let has_own_slant = !is_italic || !beyond_latin || has_italics(faces, &order, &span.text);
        let weight = match style.weight {
            Weight::Regular => Weight::Semibold,
            Weight::Semibold if style.stress == Stress::Strong => Weight::Semibold,
            Weight::Semibold => Weight::Regular,
        };
        let (italics, contrast) = if style.stress == Stress::None || !beyond_latin {
            (Vec::new(), Vec::new())
        } else {
            let contrast = Style { weight, ..upright.clone() };
            (faces.order(&italic), faces.order(&contrast))
        };
        let stress = if beyond_latin { style.stress } else { Stress::None };
        let order = if has_own_slant { order } else { faces.order(&upright) };
        let dots = if language.primary() == "zh" { DotSide::Under } else { DotSide::Over };
        Self { order, stress, italics, contrast, weight, dots }
    }

    /// The face and the form of letters that would be set in `face`.
    pub(in crate::typeset) fn apply(
        &self,
        faces: &Faces,
        face: FaceId,
        letters: &str,
        script: Script,
    ) -> (FaceId, StressForm) {
        let plain = (face, StressForm::Plain);
        if !letters.starts_with(char::is_alphanumeric) {
            return plain;
        }
        let contrast = || {
            let is_wanted = |id: &&FaceId| {
                let face = faces.get(**id);
                face.is_some_and(|face| {
                    is_bold(face.weight) == (self.weight == Weight::Semibold)
                        && face.slant == Slant::Upright
                        && covers(face, letters)
                })
            };
            self.contrast.iter().find(is_wanted).copied()
        };
        match self.stress {
            Stress::None => plain,
            Stress::Strong => {
                if faces.get(face).is_some_and(|face| is_bold(face.weight)) {
                    return plain;
                }
                contrast().map_or((face, self.form(script)), |face| (face, StressForm::Plain))
            }
            Stress::Emphasis => {
                let (italic, _) = faces.choose(&self.italics, letters);
                if faces.get(italic).is_some_and(|face| face.slant == Slant::Italic) {
                    return plain;
                }
                match self.form(script) {
                    StressForm::Larger => contrast()
                        .map_or((face, StressForm::Larger), |face| (face, StressForm::Plain)),
                    form => (face, form),
                }
            }
        }
    }

    /// The form of a script, in its own face. Letters that join or have a common line cannot be
    /// spaced.
    fn form(&self, script: Script) -> StressForm {
        if is_ideographic(script) || script == Script::Hangul {
            StressForm::Dotted(self.dots)
        } else if is_alphabetic(script) || script == Script::Hebrew {
            StressForm::Spaced
        } else {
            StressForm::Larger
        }
    }
}

fn is_bold(weight: u16) -> bool {
    weight >= 550
}

/// Whether a text has letters for which there is an italic face among these, or has no letters.
fn has_italics(faces: &Faces, italics: &[FaceId], text: &str) -> bool {
    let mut letters = false;
    for cluster in clusters(text) {
        let cluster = &text[cluster];
        if !cluster.starts_with(char::is_alphabetic) {
            continue;
        }
        letters = true;
        let (face, _) = faces.choose(italics, cluster);
        if faces.get(face).is_some_and(|face| face.slant == Slant::Italic) {
            return true;
        }
    }
    !letters
}

impl Faces {
    /// Whether most letters of a text look different in two styles: in another face, size or
    /// spacing.
    pub fn differ(&self, text: &str, one: &Style, other: &Style) -> bool {
        if one.size != other.size && one.size.scale(9, 10) > other.size {
            return true;
        }
        let orders = [one, other].map(|style| self.order(style));
        let tracked = one.tracking != other.tracking || one.capitals != other.capitals;
        let (mut letters, mut different) = (0, 0);
        for cluster in clusters(text) {
            let cluster = &text[cluster];
            let Some(first) = cluster.chars().next().filter(|c| c.is_alphabetic()) else {
                continue;
            };
            letters += 1;
            let [one, other] = [&orders[0], &orders[1]].map(|order| self.choose(order, cluster).0);
            let spaced = tracked && !is_joining(script_of(first)) && first.is_lowercase();
            different += usize::from(one != other || spaced);
        }
        letters == 0 || different * 2 > letters
    }
}
