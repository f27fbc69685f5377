//! Web and email addresses in a text, and where their lines may end.

use std::ops::Range;

/// The addresses in a text.
pub(in crate::typeset) fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive(char::is_whitespace).filter_map(move |token| {
        let range = start..start + token.trim_end().len();
        start += token.len();
        is_address(token.trim_end()).then_some(range)
    })
}

/// Whether a word is a web or email address.
pub(crate) fn is_address(token: &str) -> bool {
    token.contains('@')
        || token.contains("://")
        || token.starts_with("www.")
        || has_host(token.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a word begins with the name of a host, or of a file: labels with points between them, of
/// which the last is a word in small letters.
fn has_host(token: &str) -> bool {
    let host = token.split('/').next().unwrap_or_default();
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let Some((labels, last)) = host.rsplit_once('.') else { return false };
    last.len() >= 2
        && last.bytes().all(|b| b.is_ascii_lowercase())
        && labels.split('.').all(is_label)
}

/// A place where an address may be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AddressBreak {
    /// After a slash.
    AfterSlash,
    /// Before a period.
    BeforePeriod,
    /// Before another mark, only if a line cannot be set otherwise.
    BeforeMark,
}

/// The byte positions in an address before which it may be broken: it has no spaces, and a hyphen at
/// the end of a line would not be read as a part of it (Chicago Manual of Style, 17th edition,
/// 14.18). The marks that follow an address are no part of it.
pub(crate) fn address_breaks(address: &str) -> impl Iterator<Item = (usize, AddressBreak)> {
    let end = address.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/').len();
    address[..end].char_indices().skip(1).filter_map(|(at, c)| {
        let place = match c {
            '/' => return None,
            _ if address[..at].ends_with('/') => AddressBreak::AfterSlash,
            '.' => AddressBreak::BeforePeriod,
            '-' | '_' | '?' | '&' | '=' | '#' | '@' | '~' => AddressBreak::BeforeMark,
            _ => return None,
        };
        Some((at, place))
    })
}
