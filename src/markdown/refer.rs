//! What a text refers to: notes and pictures.

use std::mem;
use std::ops::Range;

use super::frames::{Container, Frame, Named, Open, Wrapper};
use super::places::{is_alone, location};
use super::read::Reader;
use super::trim::trim;
use crate::finding::{Code, Finding};
use crate::model::{Block, Figure, Inline, Note, plain_text};

impl Reader<'_> {
    /// A reference to a note.
    pub(super) fn reference(&mut self, label: &str, range: &Range<usize>) {
        if self.is_in_note() {
            let message = "a note within a note is not set; its label is";
            self.find(range, Finding::new(Code::MarkdownUnsupported, message));
            self.words(&format!(" [{label}]"));
            return;
        }
        let index = self.labels.iter().position(|known| known == label).unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.labels.len() - 1
        });
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        // The mark stands at the word, whether or not the author left a blank.
        if let Some(Frame::Inlines(_, inlines)) = self.innermost()
            && let Some(Inline::Text(text)) = inlines.last_mut()
        {
            text.truncate(text.trim_end().len());
        }
        self.inline(Inline::Note(Note { number, content: Vec::new() }));
    }

    fn is_in_note(&self) -> bool {
        let in_note = |open: &Open| matches!(open.frame, Frame::Blocks(Container::Note(_), _));
        self.open.iter().any(in_note)
    }

    /// A picture: a block of its own where it has a line of its own, else what is said of
    /// it.
    pub(super) fn picture(&mut self, named: &Named, said: &[Inline]) {
        let alt = plain_text(said).trim().to_owned();
        let in_paragraph = matches!(
            self.innermost(),
            Some(Frame::Inlines(Wrapper::Paragraph | Wrapper::Implied, _))
        );
        let place = location(self.text, &named.range);
        let alone = in_paragraph && is_alone(self.text, &named.range) && !self.is_in_note();
        let Some(pictures) = self.pictures.as_mut().filter(|_| alone) else {
            let message = "a picture is set where it has a line of its own; here its words are";
            self.find(&named.range, Finding::new(Code::MarkdownUnsupported, message));
            self.words(&alt);
            return;
        };
        let Some(found) = pictures(&named.name, &alt, place) else {
            return;
        };
        // What stands before it is a paragraph, and what comes after it another.
        if let Some(Frame::Inlines(_, content)) = self.innermost() {
            let mut before = mem::take(content);
            trim(&mut before);
            if !before.is_empty() {
                self.beside(Block::Paragraph(before));
            }
        }
        let (caption, findings) = super::unwrap::inlines(&named.caption);
        self.findings.extend(findings.into_iter().map(|mut finding| {
            finding.at = Some(location(self.text, &named.range));
            finding
        }));
        self.beside(Block::Figure(Box::new(Figure {
            picture: found.picture,
            alt: found.alt,
            caption,
        })));
    }
}
