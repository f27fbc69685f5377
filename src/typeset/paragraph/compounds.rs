//! Where German compounds are divided: where their parts are joined, rather than at any syllable.

use std::ops::Range;

/// The ends of German nouns that an `s` joins to the next one.
const JOINED: [&str; 14] = [
    "ungs", "heits", "keits", "schafts", "tums", "ions", "täts", "lings", "hofs", "arbeits",
    "betriebs", "verkehrs", "gebiets", "staats",
];
/// The endings of German nouns that an `s` always joins to the next one.
const ALWAYS_JOINED: [&str; 6] = ["ung", "heit", "keit", "schaft", "tät", "ion"];
/// German prefixes, before which the second part of a word may begin, and which are not left behind
/// at the end of a line.
const PREFIXES: [&str; 6] = ["be", "ent", "ge", "un", "ver", "zer"];
/// The fewest letters before such an ending.
const MIN_STEM: usize = 2;
/// How many letters without a joint are divided by syllables.
const LONG_PART: usize = 16;

/// The better of these points of a German word, of which `all` are the points: where its parts are
/// joined, and not after prefixes. Long parts without a joint keep all of theirs.
pub(crate) fn at_joints(word: &str, all: &[usize], points: Vec<usize>) -> Vec<usize> {
    let lower = |range: Range<usize>| word[range].to_lowercase();
    // Whether a prefix is between two points, after a consonant: the `ge` of a day is none.
    let is_prefix = |from: usize, to: usize| {
        PREFIXES.contains(&&*lower(from..to))
            && !lower(0..from).ends_with(['a', 'e', 'i', 'o', 'u'])
    };
    let is_joint = |point: &usize| {
        let next = all.iter().find(|next| *next > point);
        JOINED.iter().any(|end| lower(0..*point).ends_with(end))
            || next.is_some_and(|next| is_prefix(*point, *next))
    };
    let follows_prefix = |point: &usize| {
        let syllable = all.iter().rev().find(|before| *before < point);
        syllable.is_some_and(|before| is_prefix(*before, *point))
    };
    let joints: Vec<usize> = points.iter().copied().filter(is_joint).collect();
    let kept = |point: &usize| {
        let from = joints.iter().rev().find(|joint| *joint < point).copied().unwrap_or(0);
        let to = joints.iter().find(|joint| *joint > point).copied().unwrap_or(word.len());
        let is_long = word[from..to].chars().count() > LONG_PART;
        joints.contains(point) || (joints.is_empty() || is_long) && !follows_prefix(point)
    };
    let better: Vec<usize> = points.iter().copied().filter(kept).collect();
    if better.is_empty() { points } else { better }
}

/// A point of a German word after the `s` that joins two nouns, if the patterns have it before.
pub(super) fn after_joining_s(word: &str, point: usize) -> usize {
    let before = word[..point].to_lowercase();
    let follows = |ending: &&str| {
        before.strip_suffix(*ending).is_some_and(|stem| stem.chars().count() >= MIN_STEM)
    };
    let mut after = word[point..].chars();
    let is_before_s = after.next() == Some('s') && after.next().is_some_and(char::is_alphabetic);
    if is_before_s && ALWAYS_JOINED.iter().any(follows) { point + 1 } else { point }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_s_that_joins_two_nouns_stays_with_the_first() {
        for (word, point, expected) in [
            ("Versammlungsprotokoll", 11, 12),
            ("Mannschaftsstärke", 10, 11),
            ("Universitätsrat", 12, 13),
            // A shaft, and an ion, are nouns themselves.
            ("Schaftstiefel", 6, 6),
            ("Ionstärke", 3, 3),
            ("Zeitungen", 5, 5),
            ("Hofstaat", 3, 3),
        ] {
            assert_eq!(after_joining_s(word, point), expected, "{word}");
        }
    }
}
