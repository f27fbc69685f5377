//! Cleans texts from metadata, and selects the caption.

use regex_automata::meta::Regex;

use crate::manifest::lower::photo_metadata::machine_texts::{self, MachineText};
use crate::model::{Language, Metadata, Sourced, is_xml_char};
use crate::picture::{Candidates, MetadataSource};

/// Joins the lines of a text and removes control characters. `None` if nothing remains.
pub(crate) fn clean(text: &str) -> Option<String> {
    let text: String =
        text.chars().map(|c| if c.is_control() || !is_xml_char(c) { ' ' } else { c }).collect();
    let words: Vec<_> = text.split_ascii_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The caption in the metadata of a photo, and the texts that are none.
#[derive(Debug, Default)]
pub(crate) struct CaptionChoice<'a> {
    /// The caption, with the field that it was read from.
    pub(crate) caption: Option<(String, &'a Sourced)>,
    /// The texts before it that a camera or a program wrote.
    pub(crate) ignored: Vec<(String, MachineText)>,
}

/// The photo whose caption is selected.
#[derive(Debug)]
pub(crate) struct CaptionSources<'a> {
    /// Its metadata.
    pub(crate) candidates: &'a Candidates,
    /// The kinds of metadata to read, the preferred one first.
    pub(crate) order: &'a [MetadataSource],
    /// The name of its file.
    pub(crate) file_name: &'a str,
}

/// Selects the first caption that is not ignored, or else the first such headline. Texts that match
/// a pattern of the author are ignored without being noted.
pub(crate) fn select<'a>(
    sources: &CaptionSources<'a>,
    patterns: &[Regex],
    language: &Language,
) -> CaptionChoice<'a> {
    let metadata = sources.candidates.in_order(sources.order);
    let captions = metadata.iter().filter_map(|source| source.caption.as_ref());
    let headlines = metadata.iter().filter_map(|source| source.headline.as_ref());
    let mut choice = CaptionChoice::default();
    for sourced in captions.chain(headlines) {
        let Some(text) = clean(sourced.in_language(language)) else { continue };
        if patterns.iter().any(|pattern| pattern.is_match(&text)) {
            continue;
        }
        match machine_texts::detect(&text, &sources.candidates.device, sources.file_name) {
            None => {
                choice.caption = Some((text, sourced));
                break;
            }
            Some(reason) if choice.ignored.iter().all(|(ignored, _)| *ignored != text) => {
                choice.ignored.push((text, reason));
            }
            Some(_) => {}
        }
    }
    choice
}

/// The metadata except the caption: from the kinds in `order`, then from the others. The manifest
/// sets the order for captions only, so alt texts and credits are read from the other kinds too.
pub(crate) fn others(candidates: &Candidates, order: &[MetadataSource]) -> Metadata {
    candidates.merged(&complete(order))
}

/// The dates on which a photo may have been taken, the preferred one first: a scan is digitized
/// long after that.
pub(crate) fn dates<'a>(candidates: &'a Candidates, order: &[MetadataSource]) -> Vec<&'a Sourced> {
    let metadata = candidates.in_order(&complete(order));
    let taken = metadata.iter().filter_map(|source| source.taken.as_ref());
    let digitized = metadata.iter().filter_map(|source| source.digitized.as_ref());
    taken.chain(digitized).collect()
}

/// An order with the kinds that it omits.
fn complete(order: &[MetadataSource]) -> Vec<MetadataSource> {
    let rest = Candidates::DEFAULT_ORDER.into_iter().filter(|kind| !order.contains(kind));
    order.iter().copied().chain(rest).collect()
}
