//! Books of any kind, made from random bytes: for the tests of properties, and for fuzzing.

use arbitrary::{Result, Unstructured};
use serde_json::{Value, json};

/// A manifest and the files beside it.
#[derive(Debug)]
pub(crate) struct AnyBook {
    /// The manifest in JSON, which is also YAML.
    pub(crate) manifest: String,
    /// The photos: their names and sizes in pixels.
    pub(crate) photos: Vec<(&'static str, u16, u16)>,
    /// The plates, in order.
    pub(crate) plates: Vec<AnyPlate>,
    /// Marks that stand once each in the texts, in their order.
    pub(crate) marks: Vec<String>,
}

/// What the tests need to know about a plate.
#[derive(Debug)]
pub(crate) struct AnyPlate {
    pub(crate) is_spread: bool,
    /// The mark in its caption, if it has a caption.
    pub(crate) mark: Option<String>,
}

/// Usual shapes, and some that are rare.
const PHOTOS: [(&str, u16, u16); 6] = [
    ("wide.jpg", 60, 40),
    ("upright.jpg", 40, 60),
    ("square.jpg", 48, 48),
    ("panorama.jpg", 160, 32),
    ("strip.jpg", 20, 120),
    ("dot.jpg", 1, 1),
];

const DESIGNS: [&str; 5] = ["classic", "modern", "exhibition", "album", "newspaper"];

const TRIMS: [&str; 8] = [
    "210 x 210 mm",
    "a4",
    "a4-landscape",
    "5 x 8 in",
    "10 x 8 in",
    "100 x 100 mm",
    "420 x 297 mm",
    "90 x 300 mm",
];

/// Words of the scripts that the bundled fonts have, among them long and short ones.
const LATIN: [&str; 16] = [
    "a",
    "of",
    "the",
    "harbour",
    "winter",
    "*light*",
    "**stone**",
    "Straße",
    "Ærø",
    "Donaudampfschifffahrtsgesellschaft",
    "naïve",
    "—",
    "“so”",
    "1984",
    "AD",
    "extraordinarily",
];
const ARABIC: [&str; 6] = ["الشتاء", "في", "الطريق", "مدينة", "١٢٣", "قديمة"];
const HEBREW: [&str; 6] = ["חורף", "של", "הדרך", "עיר", "ישנה", "אור"];
const CYRILLIC: [&str; 6] = ["зима", "и", "дорога", "достопримечательность", "свет", "Ё"];

struct Maker<'u, 'b> {
    random: &'u mut Unstructured<'b>,
    language: &'static str,
    marks: Vec<String>,
    plates: Vec<AnyPlate>,
}

/// Makes a book.
///
/// # Errors
/// The bytes are not enough.
pub(crate) fn any_book(random: &mut Unstructured<'_>) -> Result<AnyBook> {
    let language = *random.choose(&["en", "de", "fr", "ar", "he", "ru", "tr", "en-US"])?;
    let mut maker = Maker { random, language, marks: Vec::new(), plates: Vec::new() };
    let manifest = maker.manifest()?;
    Ok(AnyBook {
        manifest: manifest.to_string(),
        photos: PHOTOS.to_vec(),
        plates: maker.plates,
        marks: maker.marks,
    })
}

impl Maker<'_, '_> {
    fn manifest(&mut self) -> Result<Value> {
        let mut manifest = json!({
            "title": self.words(1, 9)?,
            "language": self.language,
            "design": self.choose(&DESIGNS)?,
            "print": self.print()?,
        });
        self.maybe(&mut manifest, "subtitle", |it| Ok(it.words(1, 20)?.into()))?;
        self.maybe(&mut manifest, "creators", |_| Ok(json!(["Ida Berg", "Nils Holm"])))?;
        self.maybe(&mut manifest, "publisher", |it| Ok(it.words(1, 4)?.into()))?;
        self.maybe(&mut manifest, "rights", |it| Ok(it.words(1, 30)?.into()))?;
        self.maybe(&mut manifest, "dedication", |it| Ok(it.words(1, 12)?.into()))?;
        self.maybe(&mut manifest, "colophon", |_| Ok(true.into()))?;
        self.maybe(&mut manifest, "dates", |it| {
            Ok(it.choose(&["none", "year", "month", "day"])?.into())
        })?;
        self.maybe(&mut manifest, "credits", |it| {
            Ok(it.choose(&["auto", "each", "imprint", "both"])?.into())
        })?;
        self.maybe(&mut manifest, "frontispiece", |it| {
            Ok(json!({ "photo": it.photo()?, "alt": "" }))
        })?;
        self.maybe(&mut manifest, "index", |_| Ok(json!(["places", "people", "subjects"])))?;
        let mut pages = Vec::new();
        for _ in 0..self.random.int_in_range(1..=14)? {
            pages.push(self.entry()?);
        }
        if self.plates.is_empty() {
            pages.push(self.plate()?);
        }
        manifest["pages"] = pages.into();
        Ok(manifest)
    }

    fn print(&mut self) -> Result<Value> {
        let mut print = json!({ "trim": self.choose(&TRIMS)? });
        self.maybe(&mut print, "chapters", |it| Ok(it.choose(&["recto", "any"])?.into()))?;
        self.maybe(&mut print, "plates", |it| {
            Ok(it.choose(&["equal-area", "equal-edge", "equal-height"])?.into())
        })?;
        self.maybe(&mut print, "list-of-plates", |it| {
            Ok(it.choose(&["list", "thumbnails", "catalogue"])?.into())
        })?;
        self.maybe(&mut print, "multiple", |it| Ok(it.choose_number(&[2, 4, 8, 16])?.into()))?;
        self.maybe(&mut print, "gutter-loss", |_| Ok("4 mm".into()))?;
        Ok(print)
    }

    fn entry(&mut self) -> Result<Value> {
        Ok(match self.random.int_in_range(0..=12)? {
            0 => json!({ "blank": true }),
            1 => self.opening("chapter")?,
            2 => self.opening("part")?,
            3 | 4 => json!({ "text": self.text()? }),
            _ => self.plate()?,
        })
    }

    fn opening(&mut self, kind: &str) -> Result<Value> {
        let mut opening = json!({ kind: self.words(1, 8)? });
        self.maybe(&mut opening, "intro", |it| Ok(it.paragraph(1, 60)?.into()))?;
        self.maybe(&mut opening, "page", |it| {
            Ok(json!({ "color": { "k": it.random.int_in_range(0..=100u8)? } }))
        })?;
        Ok(opening)
    }

    fn text(&mut self) -> Result<String> {
        let mut blocks = Vec::new();
        if self.random.arbitrary()? {
            blocks.push(format!("# {}", self.words(1, 6)?));
        }
        for _ in 0..self.random.int_in_range(1..=6)? {
            let paragraph = self.paragraph(1, 120)?;
            blocks.push(match self.random.int_in_range(0..=7)? {
                0 => format!("## {}\n\n{paragraph}", self.words(1, 5)?),
                1 => format!("> {paragraph}"),
                2 => format!("- {paragraph}\n- {}", self.words(1, 9)?),
                3 => format!("***\n\n{paragraph}"),
                4 => {
                    let (one, other) = (self.words(1, 3)?, self.words(1, 3)?);
                    format!("| a | b |\n|---|---|\n| {one} | {other} |\n\n{paragraph}")
                }
                _ => paragraph,
            });
        }
        Ok(blocks.join("\n\n") + "\n")
    }

    fn plate(&mut self) -> Result<Value> {
        let layout =
            *self.random.choose(&["framed", "framed", "framed", "full-bleed", "spread"])?;
        let mut plate = json!({ "photo": self.photo()?, "alt": "A photo.", "layout": layout });
        let has_caption = self.random.arbitrary()?;
        let mut mark = None;
        if has_caption {
            plate["caption"] = self.paragraph(1, 40)?.into();
            mark = self.marks.last().cloned();
        }
        self.maybe(&mut plate, "place", |it| Ok(it.words(1, 3)?.into()))?;
        self.maybe(&mut plate, "taken", |it| {
            Ok(it.choose(&["1984", "2024-02-29", "spring 1956"])?.into())
        })?;
        self.maybe(&mut plate, "credit", |it| Ok(it.words(1, 4)?.into()))?;
        self.maybe(&mut plate, "keywords", |it| Ok(json!([it.words(1, 2)?, it.words(1, 2)?])))?;
        if layout == "framed" {
            self.maybe(&mut plate, "size", |it| {
                Ok(it.choose(&["small", "normal", "large"])?.into())
            })?;
        }
        if layout != "spread" {
            self.maybe(&mut plate, "side", |it| Ok(it.choose(&["recto", "verso"])?.into()))?;
        }
        self.plates.push(AnyPlate { is_spread: layout == "spread", mark });
        Ok(plate)
    }

    fn photo(&mut self) -> Result<&'static str> {
        Ok(self.random.choose(&PHOTOS)?.0)
    }

    /// Words with a mark, by which a test finds them.
    fn paragraph(&mut self, least: usize, most: usize) -> Result<String> {
        let mark = format!("m{}", 1000 + self.marks.len());
        let text = format!("{mark} {}", self.words(least, most)?);
        self.marks.push(mark);
        Ok(text)
    }

    fn words(&mut self, least: usize, most: usize) -> Result<String> {
        let own: &[&str] = match self.language {
            "ar" => &ARABIC,
            "he" => &HEBREW,
            "ru" => &CYRILLIC,
            _ => &LATIN,
        };
        let mut words = Vec::new();
        for _ in 0..self.random.int_in_range(least..=most)? {
            // Some words are of another script.
            let from = if self.random.ratio(1, 12)? { &LATIN } else { own };
            words.push(*self.random.choose(from)?);
        }
        Ok(words.join(" "))
    }

    fn choose(&mut self, from: &[&'static str]) -> Result<&'static str> {
        self.random.choose(from).copied()
    }

    fn choose_number(&mut self, from: &[u32]) -> Result<u32> {
        self.random.choose(from).copied()
    }

    /// Sets a key, or leaves it out.
    fn maybe(
        &mut self,
        mapping: &mut Value,
        key: &str,
        value: impl FnOnce(&mut Self) -> Result<Value>,
    ) -> Result<()> {
        if self.random.ratio(1, 3)? {
            mapping[key] = value(self)?;
        }
        Ok(())
    }
}
