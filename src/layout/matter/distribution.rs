//! Distributes the entries of lists over pages.

/// Distributes things of these heights evenly over the smallest number of pages, so that nothing is
/// left alone on a page; returns their number on each page. The first page has room for `first`,
/// the others for `full`. What is higher than a page has one of its own.
pub(super) fn distribute(heights: &[i64], first: i64, full: i64) -> Vec<usize> {
    let mut counts = fill_columns(heights, |page| if page == 0 { first } else { full }, 1);
    // The last thing takes one of the page before it along.
    if let [.., before, last @ 1] = counts.as_mut_slice()
        && *before > 2
        && heights[heights.len() - 2..].iter().sum::<i64>() <= full
    {
        (*before, *last) = (*before - 1, 2);
    }
    counts
}

/// Distributes things of these heights evenly over the columns of the smallest number of pages, which
/// have so many columns each; returns their number in each column, of which the last may be missing.
/// A column has the room of its page.
pub(super) fn fill_columns(
    heights: &[i64],
    room_of_page: impl Fn(usize) -> i64,
    on_page: usize,
) -> Vec<usize> {
    let on_page = on_page.max(1);
    let fill = |limit: i64| {
        let mut counts = vec![0];
        let mut used = 0;
        for height in heights {
            let room = room_of_page((counts.len() - 1) / on_page).min(limit);
            let is_empty = counts.last() == Some(&0);
            if used + height > room && !(is_empty && counts.len() > 1) {
                counts.push(0);
                used = 0;
            }
            used += height;
            if let Some(count) = counts.last_mut() {
                *count += 1;
            }
        }
        counts
    };
    let columns = fill(i64::MAX).len().div_ceil(on_page) * on_page;
    // The smallest limit for which they need no more pages.
    let (mut low, mut high) = (0, room_of_page(0).max(room_of_page(1)));
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
    fn columns_of_a_page_are_filled_evenly() {
        let columns = |count: usize| fill_columns(&vec![10; count], |_| 100, 2);
        assert_eq!(columns(6), [3, 3]);
        assert_eq!(columns(20), [10, 10]);
        // Two pages have four columns.
        assert_eq!(columns(22), [6, 6, 6, 4]);
    }

    #[test]
    fn what_is_higher_than_a_page_has_one_of_its_own() {
        assert_eq!(distribute(&[10, 90, 10], 30, 40), [1, 1, 1]);
        assert_eq!(distribute(&[90], 30, 40), [0, 1]);
    }
}
