//! Suggestions for misspelt names.

/// The known name that is most similar to `written`, if any is similar.
pub(crate) fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    /// No name is as long, and comparing takes long.
    const MAX: usize = 64;
    if written.len() > MAX {
        return None;
    }
    let written = written.to_lowercase().replace('_', "-");
    known
        .iter()
        .map(|&name| (strsim::damerau_levenshtein(&written, &name.to_lowercase()), name))
        .filter(|&(distance, name)| distance <= name.chars().count().max(3) / 3)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}
