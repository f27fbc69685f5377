//! What is printed and retained of the metadata of photos: the caption, other texts, and the date.
//! What is left out or uncertain is reported.

pub(crate) mod captions;
mod machine_texts;
pub(crate) mod plausibility;
pub(crate) mod retained_metadata;

use crate::finding::{Code, Finding};
use crate::manifest::keys::edtf::parse_date;
use crate::manifest::lower::context::{LowerContext, excess_length};
use crate::manifest::syntax::de::Spanned;
use crate::model::{Sourced, Taken, TextEncoding};
use crate::picture::Candidates;

use captions::{CaptionChoice, CaptionSources};

impl LowerContext<'_> {
    /// The caption in the metadata of a photo, unless it is too long for any book. Texts before it
    /// that cameras and programs wrote are reported.
    pub(crate) fn metadata_caption(
        &mut self,
        candidates: &Candidates,
        photo: &Spanned<String>,
    ) -> Option<String> {
        let order = self.caption_sources.clone();
        let sources = CaptionSources { candidates, order: &order, file_name: &photo.value };
        let CaptionChoice { caption, ignored } =
            captions::select(&sources, &self.ignored_captions, &self.language);
        for (text, reason) in ignored {
            let (text, name) = (shortened(&text), &photo.value);
            let reason = reason.description();
            let message = format!("“{text}” in the metadata of {name} is ignored: {reason}");
            let help = "if it is the caption, write it as `caption:`";
            self.report(photo.span, Finding::new(Code::CaptionIgnored, message).help(help));
        }
        let (text, sourced) = caption?;
        self.report_encoding(&text, sourced, "caption", photo);
        let what = format!("the caption in the metadata of {}", photo.value);
        let help = "write a shorter one as `caption:` in the manifest";
        Some(text).filter(|text| self.accepts_caption(text, &what, help, photo.span))
    }

    /// Reports that the characters of a text in the metadata are not certain.
    fn report_encoding(&mut self, text: &str, field: &Sourced, key: &str, photo: &Spanned<String>) {
        let what = format!("the {key} in the metadata of {}", photo.value);
        let text = shortened(text);
        let (message, help) = match field.encoding {
            TextEncoding::Known => return,
            TextEncoding::Guessed => {
                (format!("{what} does not state its encoding; it is read as “{text}”"), "read it")
            }
            TextEncoding::Repaired => {
                (format!("{what} was encoded twice; it is repaired to “{text}”"), "read it")
            }
            TextEncoding::Garbled => (
                format!("{what} is garbled: “{text}”"),
                "a program decoded a part of it with a wrong encoding",
            ),
        };
        let help =
            format!("{help}; if it is wrong, write `{key}:` (the field is {})", field.source);
        self.report(photo.span, Finding::new(Code::MetadataEncoding, message).help(help));
    }

    /// A text from the metadata of a photo, in the language of the book. What is too long is left
    /// out, which is reported.
    pub(crate) fn metadata_text(
        &mut self,
        field: Option<&Sourced>,
        key: &str,
        photo: &Spanned<String>,
    ) -> Option<String> {
        let field = field?;
        let text = captions::clean(field.in_language(&self.language))?;
        if let Some(length) = excess_length(&text) {
            let name = &photo.value;
            let message = format!("the {key} in the metadata of {name} has {length} characters");
            let help = format!("the maximum is 20,000; write `{key}:` in the manifest");
            self.report(photo.span, Finding::new(Code::TextTooLong, message).help(help));
            return None;
        }
        self.report_encoding(&text, field, key, photo);
        Some(text)
    }

    /// The first plausible date in the metadata of a photo. Implausible ones before it are reported.
    pub(crate) fn metadata_date(
        &mut self,
        candidates: &Candidates,
        photo: &Spanned<String>,
    ) -> Option<Taken> {
        let mut ignored = Vec::new();
        for field in captions::dates(candidates, &self.caption_sources) {
            let Ok(date) = parse_date(&field.value) else { continue };
            let Some(reason) = plausibility::objection(date, self.today) else {
                return Some(date.into());
            };
            if ignored.contains(&date) {
                continue;
            }
            ignored.push(date);
            let name = &photo.value;
            let message = format!("the date {date} in the metadata of {name} is ignored: {reason}");
            let help = format!("write the date as `taken:` (the field is {})", field.source);
            self.report(photo.span, Finding::new(Code::DateImplausible, message).help(help));
        }
        None
    }
}

/// A text for a message.
fn shortened(text: &str) -> String {
    const MAX: usize = 60;
    if text.chars().count() <= MAX {
        return text.to_owned();
    }
    let start: String = text.chars().take(MAX - 1).collect();
    format!("{}…", start.trim_end())
}
