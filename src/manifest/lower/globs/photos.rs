//! The photos of a page with `photos`.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding};
use crate::manifest::keys::pages::{PhotoOrder, PhotoPattern, PhotoSelection};
use crate::manifest::keys::scalars::SingleLine;
use crate::manifest::lower::context::LowerContext;
use crate::manifest::lower::files;
use crate::manifest::lower::limits;
use crate::manifest::lower::values;
use crate::manifest::syntax::de::Spanned;
use crate::manifest::syntax::source::SourceSpan;

use super::exclusion::Exclusion;
use super::expand::{Expansion, PatternError, SPECIAL, Skipped, expand};
use super::help::help;
use super::{kinds, skipped};

/// The photos that match these patterns, each once, with the position of its pattern. What is
/// skipped is reported.
pub(crate) fn photos(
    patterns: Vec<Spanned<PhotoPattern>>,
    context: &mut LowerContext<'_>,
) -> Vec<Spanned<String>> {
    let mut matches = Matches::default();
    for Spanned { value, span } in patterns {
        match value {
            PhotoPattern::Pattern(value) => {
                let pattern = Spanned { value, span };
                matches.add(vec![pattern], &mut [], context);
            }
            PhotoPattern::Selection(PhotoSelection { files, exclude, sort }) => {
                let from = matches.photos.len();
                let mut exclusions = exclusions(values::each(exclude), context);
                matches.add(files.into_vec(), &mut exclusions, context);
                report_unused(&exclusions, context);
                if let Some(Spanned { value: PhotoOrder::Taken, span }) = sort {
                    sort_by_time(&mut matches.photos[from..], span, context);
                }
            }
        }
    }
    matches.leave_out_originals();
    skipped::report(&matches.skipped, &matches.photos, context);
    for (span, finding) in matches.empty {
        context.report(span, finding);
    }
    matches.photos
}

/// What the patterns of a page match.
#[derive(Default)]
struct Matches {
    photos: Vec<Spanned<String>>,
    seen: BTreeSet<String>,
    /// The photos that are named, not found by a pattern.
    named: BTreeSet<String>,
    skipped: Vec<Spanned<Skipped>>,
    /// The findings about patterns that match no photo, which follow those about skipped files.
    empty: Vec<(SourceSpan, Finding)>,
}

impl Matches {
    fn add(
        &mut self,
        patterns: Vec<Spanned<SingleLine>>,
        exclusions: &mut [UsedExclusion],
        context: &mut LowerContext<'_>,
    ) {
        for Spanned { value: SingleLine(pattern), span } in patterns {
            let Some(found) = matching(&pattern, span, context) else { continue };
            if found.names.is_empty() {
                self.empty.push((span, no_photo(&pattern, &found, span, context)));
            }
            let Expansion { names, skipped, .. } = found;
            if !pattern.contains(SPECIAL) && names.len() == 1 {
                self.named.extend(names.iter().cloned());
            }
            for name in names {
                if !is_excluded(&name, exclusions) && self.seen.insert(name.clone()) {
                    self.photos.push(Spanned { value: name, span });
                }
            }
            for value in skipped {
                if !is_excluded(&value.name, exclusions) {
                    self.skipped.push(Spanned { value, span });
                }
            }
        }
    }

    /// Leaves out the originals of photos: the HEIC beside a JPEG of the same name. Phones and
    /// converters write both.
    fn leave_out_originals(&mut self) {
        let others = self.photos.iter().filter(|photo| !kinds::is_heic(&photo.value));
        let stems: BTreeSet<String> = others.map(|photo| kinds::stem(&photo.value)).collect();
        self.photos.retain(|Spanned { value: name, .. }| {
            self.named.contains(name)
                || !kinds::is_heic(name)
                || !stems.contains(&kinds::stem(name))
        });
    }
}

/// The files that match a pattern. An invalid pattern is reported.
fn matching(pattern: &str, span: SourceSpan, context: &mut LowerContext<'_>) -> Option<Expansion> {
    let found = if context.used.may_search() {
        expand(context.base, pattern, context.confinement)
    } else {
        Err(PatternError::TooMany)
    };
    let finding = match found {
        Ok(found) => {
            context.used.search(found.searched);
            return Some(found);
        }
        Err(PatternError::Invalid(error)) => {
            let message = format!("invalid pattern `{pattern}`: {error}");
            let help = "* matches any characters, ** any folders, ? one character; put a \
                        backslash before a literal [ or {";
            Finding::new(Code::PhotosPattern, message).help(help)
        }
        Err(PatternError::Outside) => files::outside(pattern),
        Err(PatternError::TooMany) => {
            context.used.search(limits::MAX_SEARCHED);
            let message = format!("{pattern} searches too many files");
            Finding::new(Code::PhotosPattern, message)
                .help("start the pattern with the folder of the photos")
        }
    };
    context.report(span, finding);
    None
}

/// The finding that a pattern matches no photo.
fn no_photo(
    pattern: &str,
    found: &Expansion,
    span: SourceSpan,
    context: &mut LowerContext<'_>,
) -> Finding {
    if !found.skipped.is_empty() {
        let message = format!("no file that matches {pattern} can be used");
        let help = "the other findings about this pattern say why";
        return Finding::new(Code::PhotosNone, message).help(help);
    }
    let finding = Finding::new(Code::PhotosNone, format!("no picture matches {pattern}"));
    match context.source.comment_after(span) {
        Some(comment) => {
            finding.help(format!("YAML reads {comment} as a comment; put the pattern in quotes"))
        }
        None if context.used.suggest() => {
            finding.help(help(context.base, pattern, context.confinement))
        }
        None => finding,
    }
}

/// A pattern under `exclude`.
struct UsedExclusion {
    pattern: String,
    span: SourceSpan,
    exclusion: Exclusion,
    /// Whether it has left out a file.
    is_used: bool,
}

fn exclusions(
    patterns: Vec<Spanned<SingleLine>>,
    context: &mut LowerContext<'_>,
) -> Vec<UsedExclusion> {
    let mut exclusions = Vec::new();
    for Spanned { value: SingleLine(pattern), span } in patterns {
        match Exclusion::new(&pattern) {
            Ok(exclusion) => {
                exclusions.push(UsedExclusion { pattern, span, exclusion, is_used: false });
            }
            Err(error) => {
                let message = format!("invalid pattern `{pattern}`: {error}");
                context.report(span, Finding::new(Code::PhotosPattern, message));
            }
        }
    }
    exclusions
}

fn is_excluded(name: &str, exclusions: &mut [UsedExclusion]) -> bool {
    let mut is_excluded = false;
    for exclusion in exclusions {
        if exclusion.exclusion.matches(name) {
            exclusion.is_used = true;
            is_excluded = true;
        }
    }
    is_excluded
}

/// Reports patterns that leave nothing out: a misspelt one would let a draft into the book.
fn report_unused(exclusions: &[UsedExclusion], context: &mut LowerContext<'_>) {
    for UsedExclusion { pattern, span, .. } in exclusions.iter().filter(|it| !it.is_used) {
        let message = format!("`{pattern}` excludes no file");
        let help = "a pattern without / matches names in every folder; one with / matches paths \
                    relative to the manifest";
        context.report(*span, Finding::new(Code::PhotosExclude, message).help(help));
    }
}

/// Sorts photos by the time when they were taken. Those without a time come last.
fn sort_by_time(photos: &mut [Spanned<String>], span: SourceSpan, context: &mut LowerContext<'_>) {
    let mut timed: Vec<_> = photos
        .iter()
        .map(|photo| {
            let time = context.picture(photo).and_then(|it| it.candidates.time_taken());
            ((time.is_none(), time), photo.clone())
        })
        .collect();
    // Photos of the same second stay in the order of their names.
    timed.sort_by(|a, b| a.0.cmp(&b.0));
    let without = timed.iter().filter(|(time, _)| time.1.is_none()).map(|(_, photo)| photo);
    let without: Vec<&Spanned<String>> = without.collect();
    if let (Some(first), true) = (without.first(), without.len() < timed.len()) {
        let first = &first.value;
        let message = match without.len() {
            1 => format!("{first} has no time in its metadata and is sorted last"),
            count => format!(
                "{count} photos have no time in their metadata and are sorted last, from {first} on"
            ),
        };
        let help = "list these photos on their own, or write `sort: name`";
        context.report(span, Finding::new(Code::PhotosOrder, message).help(help));
    } else if let Some(first) = without.first() {
        let message = format!("no photo has a time in its metadata, such as {}", first.value);
        let help = "they are sorted by name";
        context.report(span, Finding::new(Code::PhotosOrder, message).help(help));
    }
    for (photo, (_, sorted)) in photos.iter_mut().zip(timed) {
        *photo = sorted;
    }
}
