//! Distributes the entries of lists over pages.

/// Distributes things of these heights evenly over the smallest number of pages, so that nothing is
/// left alone on a page; returns their number on each page. The first page has room for `first`,
/// the others for `full`. What is higher than a page has one of its own.
pub(super) fn distribute(heights: &[i64], first: i64, full: i64) -> Vec<usize> {
    let room_of_page = |page| if page == 0 { first } else { full };
    let pages = filled(heights, &[], &room_of_page, 1, i64::MAX).len();
    let mut counts = balanced(heights, &room_of_page, pages);
    // The last thing takes one of the page before it along.
    if let [.., before, last @ 1] = counts.as_mut_slice()
        && *before > 2
        && heights[heights.len() - 2..].iter().sum::<i64>() <= full
    {
        (*before, *last) = (*before - 1, 2);
    }
    counts
}

/// The fewest things in a column of the last page.
const MIN_LAST: usize = 3;

/// Fills the columns of pages, which have so many columns each, with things of these heights; returns
/// their number in each column, of which the last may be missing. A column has the room of its page.
/// On the last page, columns are about equally high and have several things each. `groups` has the
/// first thing of the group of each, or nothing: a group is in one column, unless that would leave
/// much of the column before it empty or take another page.
pub(super) fn fill_columns(
    heights: &[i64],
    groups: &[usize],
    room_of_page: impl Fn(usize) -> i64,
    on_page: usize,
) -> Vec<usize> {
    let on_page = on_page.max(1);
    let pages = |counts: &[usize]| counts.len().div_ceil(on_page);
    let torn = filled(heights, &[], &room_of_page, on_page, i64::MAX);
    let whole = filled(heights, groups, &room_of_page, on_page, i64::MAX);
    let mut counts = if pages(&whole) > pages(&torn) { torn } else { whole };
    let last_page = pages(&counts) - 1;
    let of_last = counts.split_off(last_page * on_page);
    let mut last: usize = of_last.iter().sum();
    let room = room_of_page(last_page);
    // A few last things take some of the column before them along.
    if let Some(before) = counts.last_mut() {
        let is_heading = |at: usize| groups.get(at + 1).is_some_and(|group| *group == at);
        while (last < MIN_LAST * on_page || is_heading(heights.len() - last - 1))
            && *before > MIN_LAST
            && heights[heights.len() - last - 1..].iter().sum::<i64>() <= room
        {
            (*before, last) = (*before - 1, last + 1);
        }
    }
    let of_last = balanced(&heights[heights.len() - last..], &|_| room, on_page);
    counts.extend(of_last);
    counts
}

/// Fills columns up to a height, one after the other.
fn filled(
    heights: &[i64],
    groups: &[usize],
    room_of_page: &impl Fn(usize) -> i64,
    on_page: usize,
    limit: i64,
) -> Vec<usize> {
    let mut counts = vec![0];
    let mut from = 0;
    let mut used = 0;
    let mut at = 0;
    while at < heights.len() {
        let column = counts.len() - 1;
        let room = room_of_page(column / on_page).min(limit);
        let is_empty = at == from;
        if used + heights[at] > room && !(is_empty && column > 0) {
            // Its group is not divided.
            let group = groups.get(at).copied().unwrap_or(at).max(from);
            let before: i64 = heights[from..group].iter().sum();
            let end = groups.iter().skip(at).take_while(|it| **it == group).count() + at;
            let height: i64 = heights[group..end.max(group)].iter().sum();
            let fits = height <= room_of_page((column + 1) / on_page).min(limit);
            let is_heading_alone = at == group + 1;
            if group > from && (is_heading_alone || (fits && before * 10 >= room * 6)) {
                counts[column] -= at - group;
                at = group;
            }
            counts.push(0);
            (from, used) = (at, 0);
        }
        used += heights[at];
        at += 1;
        if let Some(count) = counts.last_mut() {
            *count += 1;
        }
    }
    counts
}

/// Fills so many columns evenly, each on a page of its own.
fn balanced(heights: &[i64], room_of_page: &impl Fn(usize) -> i64, columns: usize) -> Vec<usize> {
    let fill = |limit: i64| filled(heights, &[], room_of_page, 1, limit);
    // The smallest limit for which they need no more columns.
    let mut high = room_of_page(0).max(room_of_page(1));
    let mut low = heights.iter().max().copied().unwrap_or(0).min(high) - 1;
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        if fill(middle).len() <= columns { high = middle } else { low = middle }
    }
    fill(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_distributed_evenly() {
        let rows = |count: usize| distribute(&vec![10; count], 30, 40);
        assert_eq!(rows(3), [3]);
        assert_eq!(rows(4), [2, 2]);
        assert_eq!(rows(13), [3, 4, 4, 2]);
        for count in 1..60 {
            let distributed = rows(count);
            assert_eq!(distributed.iter().sum::<usize>(), count);
            assert!(distributed[0] <= 3 && distributed.iter().all(|rows| (1..=4).contains(rows)));
            assert!(count < 5 || *distributed.last().unwrap() > 1, "{distributed:?}");
        }
    }

    #[test]
    fn columns_are_filled_and_those_of_the_last_page_are_equally_high() {
        let columns = |count: usize| fill_columns(&vec![10; count], &[], |_| 100, 2);
        assert_eq!(columns(6), [3, 3]);
        assert_eq!(columns(20), [10, 10]);
        assert_eq!(columns(28), [10, 10, 4, 4]);
        // Two last things would be alone.
        assert_eq!(columns(22), [10, 6, 3, 3]);
        let pages = |count: usize| fill_columns(&vec![10; count], &[], |_| 100, 1);
        assert_eq!(pages(14), [10, 4]);
        assert_eq!(pages(11), [8, 3]);
        for count in 1..60 {
            for on_page in 1..4 {
                let filled = fill_columns(&vec![10; count], &[], |_| 100, on_page);
                assert_eq!(filled.iter().sum::<usize>(), count);
                assert!(filled.iter().all(|count| (1..=10).contains(count)));
                assert_eq!(filled.len().div_ceil(on_page), count.div_ceil(10 * on_page));
            }
        }
    }

    #[test]
    fn a_group_is_in_one_column_while_there_is_room() {
        let filled = |groups: &[usize]| fill_columns(&vec![10; groups.len()], groups, |_| 100, 1);
        // Its heading and one of its entries would be on the first page.
        assert_eq!(filled(&[0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 8]), [8, 4]);
        // It is too long to leave the rest of the first page empty.
        assert_eq!(filled(&[0, 0, 0, 0, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4]), [10, 4]);
        // Its heading is never alone at the foot.
        let long: Vec<usize> = [vec![0; 9], vec![9; 14]].concat();
        assert_eq!(filled(&long), [9, 10, 4]);
    }

    #[test]
    fn what_is_higher_than_a_page_has_one_of_its_own() {
        assert_eq!(distribute(&[10, 90, 10], 30, 40), [1, 1, 1]);
        assert_eq!(distribute(&[90], 30, 40), [0, 1]);
    }
}
