//! The order of file names, as file managers show them.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};

/// Natural order: folder by folder, numbers by value, letters by Unicode's root collation
/// (UTS #10), regardless of case and of the machine's language. Accents decide between names that
/// are otherwise the same, and bytes between those that remain, so that the order is the same
/// everywhere.
pub(crate) struct NaturalOrder(Option<CollatorBorrowed<'static>>);

impl NaturalOrder {
    pub(crate) fn new() -> Self {
        let mut preferences = CollatorPreferences::default();
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Secondary);
        // The data of the root collation is compiled in.
        Self(Collator::try_new(preferences, options).ok())
    }

    pub(crate) fn compare(&self, a: &str, b: &str) -> Ordering {
        let (mut left, mut right) = (a.split('/'), b.split('/'));
        loop {
            let order = match (left.next(), right.next()) {
                (None, None) => return a.cmp(b),
                (None, Some(_)) => Ordering::Less,
                (Some(_), None) => Ordering::Greater,
                (Some(a), Some(b)) => self.names(a, b),
            };
            if order.is_ne() {
                return order;
            }
        }
    }

    /// `a.jpg` comes before `a-1.jpg`, so the extension counts last.
    fn names(&self, a: &str, b: &str) -> Ordering {
        let split = |name| str::rsplit_once(name, '.').unwrap_or((name, ""));
        let ((a_stem, a_extension), (b_stem, b_extension)) = (split(a), split(b));
        self.texts(a_stem, b_stem).then_with(|| self.texts(a_extension, b_extension))
    }

    fn texts(&self, a: &str, b: &str) -> Ordering {
        self.0.as_ref().map_or_else(|| a.cmp(b), |collator| collator.compare(a, b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<const N: usize>(mut names: [&str; N]) -> [&str; N] {
        let order = NaturalOrder::new();
        names.reverse();
        names.sort_by(|a, b| order.compare(a, b));
        names
    }

    #[test]
    fn two_comes_before_ten_and_case_does_not_matter() {
        let names = ["a/z.jpg", "A.jpg", "b.jpg", "IMG_02.jpg", "img_2.JPG", "IMG_10.jpg"];
        assert_eq!(sorted(names), names);
        let names = ["9.jpg", "\u{FF11}\u{FF10}.jpg", "11.jpg"];
        assert_eq!(sorted(names), names);
        let names = ["a.jpg", "a-1.jpg", "a-2.jpg", "ab.jpg"];
        assert_eq!(sorted(names), names);
    }

    #[test]
    fn letters_with_accents_stand_beside_those_without() {
        let names = ["Änne.jpg", "Bob.jpg", "élan.jpg", "Zoe.jpg"];
        assert_eq!(sorted(names), names);
        let names = ["cote.jpg", "coté.jpg", "côte.jpg", "côté.jpg", "coter.jpg"];
        assert_eq!(sorted(names), names);
        // Decomposed.
        let names = ["a.jpg", "A\u{308}nne.jpg", "Ann.jpg", "B.jpg", "E\u{301}lan.jpg", "f.jpg"];
        assert_eq!(
            sorted(names),
            ["a.jpg", "Ann.jpg", "A\u{308}nne.jpg", "B.jpg", "E\u{301}lan.jpg", "f.jpg"]
        );
        let names = ["Strase.jpg", "Straße.jpg", "Strasse 2.jpg", "Strat.jpg"];
        assert_eq!(sorted(names), names);
        let names = ["lot.jpg", "Łódź.jpg", "Lom.jpg", "Öl.jpg", "ør.jpg", "P.jpg"];
        assert_eq!(sorted(names), ["Łódź.jpg", "Lom.jpg", "lot.jpg", "Öl.jpg", "ør.jpg", "P.jpg"]);
        let names = ["Ёлка.jpg", "Жук.jpg", "Игра.jpg", "Йод.jpg", "Яма.jpg"];
        assert_eq!(sorted(names), names);
    }
}
