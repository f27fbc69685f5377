//! Divides the rows of an index into columns, without leaving one row of a group alone.

use std::ops::Range;

/// A row of a column.
#[derive(Debug)]
pub(super) struct IndexRow<T> {
    /// What it shows; `None` for the space between groups.
    pub(super) content: Option<T>,
    /// Whether the next row must be in the same column.
    pub(super) keeps_next: bool,
    /// Whether it is the first of a group: a topic or a letter.
    pub(super) begins_group: bool,
}

impl<T> IndexRow<T> {
    pub(super) fn new(content: T, keeps_next: bool) -> Self {
        Self { content: Some(content), keeps_next, begins_group: false }
    }

    pub(super) fn blank() -> Self {
        Self { content: None, keeps_next: true, begins_group: false }
    }

    fn is_blank(&self) -> bool {
        self.content.is_none()
    }
}

/// The fewest rows of a column on the last page.
const MIN_LAST_ROWS: usize = 6;
/// The most rows by which a full column is shorter, so that a group is not divided.
const MAX_FREE_ROWS: usize = 3;
/// How much higher columns of whole groups may be than others, in per cent.
const MAX_UNEVEN: usize = 140;

/// Where columns may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ColumnEnds {
    /// After the last row of a group.
    Groups,
    /// After each row that does not keep the next.
    Rows,
}

/// The columns of each page, as ranges of rows. The first page has room for `heights[0]` rows, the
/// others for `heights[1]`. On the last page, the columns are about equally long, and groups are not
/// divided while that makes them little longer.
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
        let balanced = |ends: ColumnEnds| {
            (left.div_ceil(count)..=height).find_map(|height| {
                let (page, end) = page(rows, from, height, count, ends);
                (end == rows.len()).then_some((height, page))
            })
        };
        let of_rows = balanced(ColumnEnds::Rows);
        let of_groups = balanced(ColumnEnds::Groups).filter(|(height, _)| {
            of_rows.as_ref().is_some_and(|(least, _)| height * 100 <= least * MAX_UNEVEN)
        });
        if let Some((_, page)) = of_groups.or(of_rows) {
            pages.push(page);
            break;
        }
        // A page shorter than it could be is better than a last page with a few rows.
        let is_enough = |end: usize| rows.len() - end >= count * MIN_LAST_ROWS;
        let full = |height: usize| page(rows, from, height, count, ColumnEnds::Rows);
        let shorter = (height / 2..=height).rev().map(full);
        let filled = shorter.into_iter().find(|(_, end)| is_enough(*end) && *end > from);
        let (page, end) = filled.unwrap_or_else(|| full(height));
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
    ends: ColumnEnds,
) -> (Vec<Range<usize>>, usize) {
    let mut ranges = Vec::new();
    for _ in 0..count {
        while rows.get(from).is_some_and(IndexRow::is_blank) {
            from += 1;
        }
        if from >= rows.len() {
            break;
        }
        let Some(end) = column_end(rows, from, height, ends) else { break };
        ranges.push(from..end);
        from = end;
    }
    while rows.get(from).is_some_and(IndexRow::is_blank) {
        from += 1;
    }
    (ranges, from)
}

/// The end of a column that begins at a row; `None` if a group is higher than that.
fn column_end<T>(
    rows: &[IndexRow<T>],
    from: usize,
    height: usize,
    ends: ColumnEnds,
) -> Option<usize> {
    let full = (from + height.max(1)).min(rows.len());
    if full == rows.len() {
        return Some(full);
    }
    // The space before the next group is not in the column.
    let without_space =
        |end: usize| (from + 1..=end).rev().find(|end| !rows[end - 1].is_blank()).unwrap_or(end);
    let ends_group = |end: &usize| {
        let next = rows[*end..].iter().find(|row| !row.is_blank());
        next.is_some_and(|row| row.begins_group)
    };
    let last_of_group = || (from + 1..=full).rev().find(ends_group).map(without_space);
    if ends == ColumnEnds::Groups {
        return last_of_group();
    }
    let may_end = |end: &usize| !rows[without_space(*end) - 1].keeps_next;
    let end = (from + 1..=full).rev().find(may_end).unwrap_or(full);
    let whole = last_of_group().filter(|whole| whole + MAX_FREE_ROWS >= full);
    Some(whole.unwrap_or(without_space(end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows by signs: a letter, an entry, the space between groups.
    fn rows(signs: &str) -> Vec<IndexRow<char>> {
        let rows = signs.chars().map(|sign| match sign {
            ' ' => IndexRow::blank(),
            sign => IndexRow {
                begins_group: sign.is_uppercase(),
                ..IndexRow::new(sign, sign.is_uppercase())
            },
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
        assert_eq!(set("Aaa Bbb Ccc", [20, 20], 2), [["Aaa Bbb", "Ccc"]]);
        assert_eq!(set("Aaaa Bbb", [4, 4], 2), [["Aaaa", "Bbb"]]);
    }

    #[test]
    fn a_group_is_not_divided_while_the_columns_are_about_equally_long() {
        assert_eq!(set("Aaaa Bbbbbbb Cc", [20, 20], 2), [["Aaaa", "Bbbbbbb Cc"]]);
        // A long group would leave one column nearly empty.
        assert_eq!(set("Aa Bbbbbbbbbbbbbbb", [20, 20], 2), [["Aa Bbbbbb", "bbbbbbbbb"]]);
        // A full page has no room for the whole group.
        let pages = set(&format!("Aaaaaaaa Bbb {}", "C".to_owned() + &"c".repeat(40)), [10, 10], 2);
        assert_eq!(pages[0][0], "Aaaaaaaa");
        assert!(pages[0][1].starts_with("Bbb Ccccc"), "{pages:?}");
    }

    #[test]
    fn a_heading_is_not_last_in_a_column_with_space_below_it_either() {
        let mut rows = rows("aaaa T bbbb");
        rows[5].keeps_next = true;
        let pages = columns(&rows, [6, 20], 2);
        assert_eq!(pages[0][0], 0..4);
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
