//! Findings of the same cause, shown as one.

use crate::finding::{Code, Finding, Severity};

/// The number of places that a group shows.
const PLACES: usize = 3;

/// Findings of one code, severity and cause, in their order.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// The finding that is shown in full.
    pub(super) first: &'a Finding,
    /// The others.
    pub(super) others: Vec<&'a Finding>,
}

impl<'a> Group<'a> {
    /// Groups findings; groups of errors come last, where they are read first.
    pub(super) fn collect(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Self> {
        let mut groups: Vec<((Code, Severity, String), Self)> = Vec::new();
        for finding in findings {
            let key = (finding.code, finding.severity, cause(&finding.message));
            match groups.iter_mut().find(|(of_group, _)| *of_group == key) {
                Some((_, group)) => group.others.push(finding),
                None => groups.push((key, Self { first: finding, others: Vec::new() })),
            }
        }
        let mut groups: Vec<Self> = groups.into_iter().map(|(_, group)| group).collect();
        groups.sort_by_key(|group| group.first.severity);
        groups
    }

    /// A group for each finding.
    pub(super) fn each(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Self> {
        let mut groups: Vec<Self> =
            findings.into_iter().map(|first| Self { first, others: Vec::new() }).collect();
        groups.sort_by_key(|group| group.first.severity);
        groups
    }

    /// The others that are shown beside the first, and the number of those that are not.
    pub(super) fn shown(&self) -> (&[&'a Finding], usize) {
        let shown = self.others.len().min(PLACES - 1);
        (&self.others[..shown], self.others.len() - shown)
    }
}

/// Whether a help says something else than the one that is shown, apart from numbers.
pub(super) fn has_other_words(help: &str, shown: Option<&str>) -> bool {
    let words = |text: &str| -> Vec<String> {
        let is_number = |word: &str| word.chars().all(|c| !c.is_alphabetic());
        text.split_whitespace().filter(|word| !is_number(word)).map(ToOwned::to_owned).collect()
    };
    shown.is_none_or(|shown| words(shown) != words(help))
}

/// A message without the names and numbers that differ between places: `photos/1.jpg has no alt
/// text` and `My photo 2.jpg has no alt text` have one cause.
fn cause(message: &str) -> String {
    let message = &message[subject_end(message)..];
    let mut cause = String::with_capacity(message.len());
    let mut closing = None;
    for word in message.split_inclusive(' ') {
        let bare = word.trim_end();
        if let Some(quote) = closing {
            if bare.contains(quote) {
                closing = None;
            }
            continue;
        }
        if let Some(quote) = opening_quote(bare) {
            cause.push_str("… ");
            let inside = bare.char_indices().nth(1).map_or("", |(start, _)| &bare[start..]);
            closing = (!inside.contains(quote)).then_some(quote);
        } else if is_file_name(bare) || bare.chars().any(|c| c.is_ascii_digit()) {
            cause.push_str("… ");
        } else {
            cause.push_str(word);
        }
    }
    cause
}

/// Where the file name ends that a message starts with; 0 if it starts with none. The name may
/// contain spaces. One at the end of a message is what the message says of something else, as in
/// `there is no file a.jpg`.
fn subject_end(message: &str) -> usize {
    let mut end = 0;
    for word in message.split_inclusive(' ') {
        end += word.len();
        if is_file_name(word.trim_end()) {
            return if end < message.len() { end } else { 0 };
        }
    }
    0
}

/// Whether a word ends like the name of a file, in an extension, or is a path.
fn is_file_name(word: &str) -> bool {
    let word = word.trim_end_matches([',', ';', ':', '.', ')']);
    let extension = word.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
    word.contains('/')
        || extension.is_some_and(|(_, extension)| {
            (2..=5).contains(&extension.len())
                && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// The mark that closes a quotation with which a word begins.
fn opening_quote(word: &str) -> Option<char> {
    match word.chars().next()? {
        '`' => Some('`'),
        '“' => Some('”'),
        '"' => Some('"'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(code: Code, message: &str) -> Finding {
        Finding::new(code, message)
    }

    #[test]
    fn a_help_differs_by_its_words_and_not_by_its_numbers() {
        let shown = Some("did you mean `title`?");
        assert!(has_other_words("did you mean `photos`?", shown));
        assert!(!has_other_words("did you mean `title`?", shown));
        let size = Some("a file of 958 \u{d7} 639 pixels");
        assert!(!has_other_words("a file of 1,200 \u{d7} 800 pixels", size));
    }

    #[test]
    fn findings_that_differ_in_names_and_numbers_are_one_group() {
        let findings = [
            finding(Code::AltMissing, "photos/1.jpg has no alt text"),
            finding(Code::PhotoMissing, "there is no file a.jpg"),
            finding(Code::AltMissing, "My photo 2.jpg has no alt text"),
            finding(Code::AltMissing, "the photo of the cover has no alt text"),
        ];
        let groups = Group::collect(&findings);
        let sizes: Vec<_> = groups.iter().map(|group| group.others.len() + 1).collect();
        assert_eq!(sizes, [2, 1, 1]);
        assert_eq!(groups[2].first.code, Code::PhotoMissing, "errors come last");
    }

    #[test]
    fn two_causes_of_one_code_are_two_groups() {
        let findings = [
            finding(Code::WrongValue, "`soon` is not a date"),
            finding(Code::WrongValue, "`a long time ago` is not a date"),
            finding(Code::WrongValue, "`3 ells` is not a length"),
        ];
        assert_eq!(Group::collect(&findings).len(), 2);
    }

    #[test]
    fn what_is_said_of_a_file_at_the_end_is_part_of_the_cause() {
        let findings = [
            finding(Code::PhotoMissing, "there is no file a.jpg"),
            finding(Code::PhotoMissing, "a folder is called b.jpg"),
            finding(Code::PhotoMissing, "there is no file c.jpg"),
        ];
        assert_eq!(Group::collect(&findings).len(), 2);
    }

    #[test]
    fn three_places_are_shown_and_the_rest_is_counted() {
        let findings: Vec<_> = (0..60)
            .map(|n| finding(Code::AltMissing, &format!("{n}.jpg has no alt text")))
            .collect();
        let groups = Group::collect(&findings);
        let (others, more) = groups[0].shown();
        assert_eq!((groups.len(), others.len(), more), (1, 2, 57));
    }
}
