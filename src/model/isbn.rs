//! The parts of an ISBN: the hyphens between them are not in its digits, but follow from the ranges
//! that the agencies assign (ISO 2108, annex A).

/// The ranges of groups and registrants, a prefix in each line.
const RANGES: &str = include_str!("isbn_ranges.txt");

/// An ISBN of thirteen digits with hyphens between its parts, or as it is if its range is not
/// assigned.
pub fn hyphenated_isbn(isbn: &str) -> String {
    parts(isbn).map_or_else(|| isbn.to_owned(), |parts| parts.join("-"))
}

fn parts(isbn: &str) -> Option<[&str; 5]> {
    if isbn.len() != 13 || !isbn.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (prefix, rest) = isbn.split_at(3);
    let (rest, check) = rest.split_at(9);
    let (group, rest) = rest.split_at(assigned(prefix, rest)?);
    let (registrant, publication) = rest.split_at(assigned(&format!("{prefix}-{group}"), rest)?);
    (!publication.is_empty()).then_some([prefix, group, registrant, publication, check])
}

/// The number of digits of the part that these begin with.
fn assigned(prefix: &str, digits: &str) -> Option<usize> {
    let ranges = RANGES.lines().find_map(|line| line.strip_prefix(prefix)?.strip_prefix(' '))?;
    ranges.split(' ').find_map(|range| {
        let (first, last) = range.split_once('-')?;
        let part = digits.get(..first.len())?;
        (first <= part && part <= last).then_some(first.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_isbn_has_hyphens_between_its_parts() {
        for isbn in [
            "978-0-306-40615-7",
            "978-3-16-148410-0",
            "978-1-4028-9462-6",
            "978-2-07-036822-8",
            "978-89-01-00000-0",
            "978-977-16-0000-0",
            "979-10-90636-07-1",
            "979-8-88645-174-0",
        ] {
            assert_eq!(hyphenated_isbn(&isbn.replace('-', "")), isbn);
        }
    }

    #[test]
    fn an_isbn_outside_all_ranges_is_as_it_is() {
        for isbn in ["9789999999991", "9796500000000", "978", "978316148410X"] {
            assert_eq!(hyphenated_isbn(isbn), isbn);
        }
    }
}
