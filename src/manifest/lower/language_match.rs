//! Finds a language among others.

/// The index of a tag, or of a less specific one such as `de` for `de-CH`.
pub(crate) fn best_match<T: AsRef<str>>(tags: &[T], wanted: &str) -> Option<usize> {
    let is = |tag: &T, wanted: &str| tag.as_ref().replace('_', "-").eq_ignore_ascii_case(wanted);
    let mut wanted = wanted.to_owned();
    loop {
        if let Some(found) = tags.iter().position(|tag| is(tag, &wanted)) {
            return Some(found);
        }
        wanted.truncate(wanted.rfind('-')?);
    }
}
