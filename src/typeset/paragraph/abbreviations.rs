//! Finds abbreviations, which are set in small capitals in running text.

use std::ops::Range;

/// The capitals to be set as small capitals: AD, NASA, GMT, the PDF and the X of PDF/X-4. None
/// in a text of capitals only, nor within words of mixed case.
pub(in crate::typeset) fn abbreviations(text: &str) -> Vec<Range<usize>> {
    if !text.chars().any(char::is_lowercase) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for token in text.split_inclusive(char::is_whitespace) {
        let start = token.as_ptr().addr() - text.as_ptr().addr();
        token_abbreviations(token, start, &mut found);
    }
    found
}

/// Within a token, single capitals are included if it also has runs of several.
fn token_abbreviations(token: &str, start: usize, found: &mut Vec<Range<usize>>) {
    let runs = capital_runs(token);
    if runs.iter().any(|(_, count)| *count >= 2) {
        found.extend(runs.into_iter().map(|(run, _)| start + run.start..start + run.end));
    }
}

/// Runs of capitals without adjacent lower-case letters, except the `s` of a plural, with the
/// number of letters in each.
fn capital_runs(token: &str) -> Vec<(Range<usize>, usize)> {
    let mut runs = Vec::new();
    let mut before = None;
    let mut rest = token.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if !c.is_uppercase() {
            before = Some(c);
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut count = 1;
        while let Some((at, c)) = rest.next_if(|(_, c)| c.is_uppercase()) {
            end = at + c.len_utf8();
            count += 1;
        }
        let mut tail = token[end..].chars();
        let next = tail.next().filter(|c| c.is_alphabetic());
        let after = tail.next().filter(|c| c.is_alphabetic());
        let alone = next.is_none() || (next == Some('s') && after.is_none() && count >= 2);
        if alone && !before.is_some_and(char::is_alphabetic) {
            runs.push((start..end, count));
        }
        before = Some('A');
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        abbreviations(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn runs_of_capitals_are_abbreviations() {
        assert_eq!(found("In AD 79, at 8 GMT, (NASA’s) CDs came."), ["AD", "GMT", "NASA", "CD"]);
        assert_eq!(found("files in PDF/X-4 and ISO9001"), ["PDF", "X", "ISO"]);
    }

    #[test]
    fn names_initials_and_headings_are_not() {
        assert_eq!(found("I met J. S. Bach and McDONALD, an iOS man"), [""; 0]);
        assert_eq!(found("NASA AND THE MOON"), [""; 0]);
    }
}
