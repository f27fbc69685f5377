//! What was probably meant.

/// The word of these that is nearest to what was written, if any is near.
pub(crate) fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let written = written.to_lowercase().replace('_', "-");
    known
        .iter()
        .map(|&word| (strsim::damerau_levenshtein(&written, &word.to_lowercase()), word))
        .filter(|&(distance, word)| distance <= word.chars().count().max(3) / 3)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, word)| word)
}
