//! Divides the rows of an index into columns, without leaving one row of a group alone.

use std::ops::Range;

/// A row of a column.
#[derive(Debug)]
pub(super) struct IndexRow<T> {
    /// What it shows; `None` for the space between groups.
    pub(super) content: Option<T>,
    /// Whether the next row must be in the same column.
    pub(super) keeps_next: bool,
}

impl<T> IndexRow<T> {
    pub(super) fn blank() -> Self {
        Self { content: None, keeps_next: true }
    }

    fn is_blank(&self) -> bool {
        self.content.is_none()
    }
}

/// The fewest rows of a column on the last page.
const MIN_LAST_ROWS: usize = 6;

/// The columns of each page, as ranges of rows. The first page has room for `heights[0]` rows, the
/// others for `heights[1]`. On the last page, the columns are about equally long.
pub(super) fn columns<T>(
    rows: &[IndexRow<T>],
    heights: [usize; 2],
    count: usize,
) -> Vec<Vec<Range<usize>>> {
    let mut pages: Vec<Vec<Range<usize>>> = Vec::new();
    let mut from = 0;
    while from < rows.len() {
        let height = heights[usize::from(!pages.is_empty())];
        let left = rows.len() - from;
        let balanced = (left.div_ceil(count)..=height).find_map(|height| {
            let (page, end) = page(rows, from, height, count);
            (end == rows.len()).then_some(page)
        });
        if let Some(page) = balanced {
            pages.push(page);
            break;
        }
        // A page shorter than it could be is better than a last page with a few rows.
        let is_enough = |end: usize| rows.len() - end >= count * MIN_LAST_ROWS;
        let shorter = (height / 2..=height).rev().map(|height| page(rows, from, height, count));
        let filled = shorter.into_iter().find(|(_, end)| is_enough(*end) && *end > from);
        let (page, end) = filled.unwrap_or_else(|| page(rows, from, height, count));
        pages.push(page);
        from = end;
    }
    pages
}

/// The columns of a page of this height, and the first row after them.
fn page<T>(
    rows: &[IndexRow<T>],
    mut from: usize,
    height: usize,
    count: usize,
) -> (Vec<Range<usize>>, usize) {
    let mut ranges = Vec::new();
    for _ in 0..count {
        while rows.get(from).is_some_and(IndexRow::is_blank) {
            from += 1;
        }
        if from >= rows.len() {
            break;
        }
        let range = from..column_end(rows, from, height);
        from = range.end;
        ranges.push(range);
    }
    while rows.get(from).is_some_and(IndexRow::is_blank) {
        from += 1;
    }
    (ranges, from)
}

/// The end of a column that begins at a row.
fn column_end<T>(rows: &[IndexRow<T>], from: usize, height: usize) -> usize {
    let full = (from + height.max(1)).min(rows.len());
    if full == rows.len() {
        return full;
    }
    let may_end = |end: usize| {
        let last = &rows[end - 1];
        last.is_blank() || rows[end].is_blank() || !last.keeps_next
    };
    let end = (from + 1..=full).rev().find(|end| may_end(*end)).unwrap_or(full);
    // The space before the next group is not in the column.
    if end > from + 1 && rows[end - 1].is_blank() { end - 1 } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows by signs: a letter, an entry, the space between groups.
    fn rows(signs: &str) -> Vec<IndexRow<char>> {
        let rows = signs.chars().map(|sign| match sign {
            ' ' => IndexRow::blank(),
            sign => IndexRow { content: Some(sign), keeps_next: sign.is_uppercase() },
        });
        rows.collect()
    }

    fn set(signs: &str, heights: [usize; 2], count: usize) -> Vec<Vec<String>> {
        let rows = rows(signs);
        let text = |range: Range<usize>| {
            rows[range].iter().map(|row| row.content.unwrap_or(' ')).collect::<String>()
        };
        let pages = columns(&rows, heights, count).into_iter();
        pages.map(|page| page.into_iter().map(text).collect()).collect()
    }

    #[test]
    fn the_columns_of_a_short_index_are_equally_long() {
        assert_eq!(set("aaaaaaaa", [20, 20], 2), [["aaaa", "aaaa"]]);
        assert_eq!(set("aaaaaaa", [20, 20], 2), [["aaaa", "aaa"]]);
    }

    #[test]
    fn a_letter_stays_with_its_entries_and_no_column_begins_with_space() {
        assert_eq!(set("Aaa Bbb Ccc", [20, 20], 2), [["Aaa Bb", "b Ccc"]]);
        assert_eq!(set("Aaaa Bbb", [4, 4], 2), [["Aaaa", "Bbb"]]);
    }

    #[test]
    fn a_few_last_rows_are_not_alone_on_a_page() {
        let pages = set(&"a".repeat(41), [20, 20], 2);
        assert_eq!(pages.len(), 2);
        let last: usize = pages[1].iter().map(String::len).sum();
        assert!(last >= 12, "{pages:?}");
    }

    #[test]
    fn every_row_is_in_one_column() {
        for length in 1..120 {
            let signs: String = "Aaa Bb Ccccc D".chars().cycle().take(length).collect();
            for count in 1..4 {
                let pages = set(&signs, [7, 11], count);
                let set: String = pages.concat().concat().replace(' ', "");
                assert_eq!(set, signs.replace(' ', ""), "{length} {count}");
            }
        }
    }
}
