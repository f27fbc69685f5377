//! The rules of each store, as it publishes them, in one table.

use crate::model::{Size, Store};

/// A limit, and the store that sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule<T> {
    /// The limit.
    pub limit: T,
    /// The store.
    pub store: Store,
}

/// What a store takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Pixels of a picture at most.
    pub picture_pixels: u64,
    /// The longer side of a picture in pixels.
    pub picture_edge: u32,
    /// Pixels of a page in fixed layout at most.
    pub viewport: u64,
    /// Pixels of the cover at most.
    pub cover: u64,
    /// Bytes of the file at most.
    pub file: Rule<u64>,
    /// Columns and rows of the cover at least.
    pub least_cover: Rule<(u32, u32)>,
    /// From how many characters on an alt text is too long.
    pub alt: Option<Rule<usize>>,
    /// Bytes of a file of text at most.
    pub text: Option<Rule<usize>>,
}

/// More characters than these are a strain to hear about one picture.
const ALT: usize = 200;

/// The longer side of a cover: what the stores ask for, and none refuses.
const COVER_EDGE: f64 = 2560.0;

const GIGABYTE: u64 = 1_000_000_000;

/// A store's line in the table.
struct Line {
    store: Store,
    picture_pixels: u64,
    viewport: u64,
    file: u64,
    least_cover: (u32, u32),
    alt: Option<usize>,
    text: Option<usize>,
}

const TABLE: [Line; 4] = [
    // Of Apple's two pages one says 5.6 megapixels and one 4.
    Line {
        store: Store::Apple,
        picture_pixels: 4_000_000,
        viewport: 4_000_000,
        file: 2 * GIGABYTE,
        least_cover: (1, 1),
        alt: None,
        text: None,
    },
    // A page of 3.8 megapixels, and no picture with more pixels than its page.
    Line {
        store: Store::Kobo,
        picture_pixels: 3_800_000,
        viewport: 3_800_000,
        file: GIGABYTE,
        least_cover: (1, 1),
        alt: None,
        text: Some(10_000_000),
    },
    // No limit to a picture but 5 MB, which no JPEG of this size reaches.
    Line {
        store: Store::Kdp,
        picture_pixels: 4_000_000,
        viewport: 4_000_000,
        file: 650_000_000,
        least_cover: (625, 1000),
        alt: Some(140),
        text: None,
    },
    Line {
        store: Store::Google,
        picture_pixels: 4_000_000,
        viewport: 4_000_000,
        file: 2 * GIGABYTE - 1,
        least_cover: (640, 640),
        alt: None,
        text: None,
    },
];

impl Rules {
    /// The rules of a store; without one, those that keep a book acceptable to all.
    pub fn of(store: Option<Store>) -> Self {
        let lines = || {
            TABLE.iter().filter(move |line| match store {
                None | Some(Store::All) => true,
                Some(store) => line.store == store,
            })
        };
        let least = |value: fn(&Line) -> u64| lines().map(value).min().unwrap_or(u64::MAX);
        let file = lines().min_by_key(|line| line.file).map(|line| (line.file, line.store));
        let (file, file_store) = file.unwrap_or((u64::MAX, Store::All));
        // A store that asks for more rows asks for most.
        let cover = lines().max_by_key(|line| line.least_cover.1);
        let (least_cover, cover_store) =
            cover.map_or(((1, 1), Store::All), |line| (line.least_cover, line.store));
        let least_rule = |value: fn(&Line) -> Option<usize>| {
            let rules = lines().filter_map(|line| Some((value(line)?, line.store)));
            rules.min_by_key(|rule| rule.0).map(|(limit, store)| Rule { limit, store })
        };
        Self {
            picture_pixels: least(|line| line.picture_pixels),
            picture_edge: 3200,
            viewport: least(|line| line.viewport),
            // What Amazon calls ideal, 1600 × 2560.
            cover: 4_096_000,
            file: Rule { limit: file, store: file_store },
            least_cover: Rule { limit: least_cover, store: cover_store },
            alt: least_rule(|line| line.alt),
            text: least_rule(|line| line.text),
        }
    }

    /// How many characters an alt text has at most that recto words itself.
    pub fn alt_at_most(&self) -> usize {
        self.alt.map_or(ALT, |rule| rule.limit.saturating_sub(1))
    }

    /// Columns and rows of a cover of this shape.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a cover has some thousand pixels each way"
    )]
    pub(super) fn cover_pixels(&self, trim: Size) -> (u32, u32) {
        let (width, height) = (trim.width.to_pt().max(1.0), trim.height.to_pt().max(1.0));
        let scale =
            (COVER_EDGE / width.max(height)).min((self.cover as f64 / (width * height)).sqrt());
        ((width * scale).floor() as u32, (height * scale).floor() as u32)
    }
}

/// A store as it is called.
pub(super) fn name(store: Store) -> &'static str {
    match store {
        Store::Apple => "Apple Books",
        Store::Kobo => "Kobo",
        Store::Kdp => "Amazon KDP",
        Store::Google => "Google Play",
        Store::All => "no store",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_names_no_store_gets_sizes_that_all_of_them_take() {
        let sizes = |rules: Rules| (rules.picture_pixels, rules.viewport, rules.file.limit);
        assert_eq!(sizes(Rules::of(None)), (3_800_000, 3_800_000, 650_000_000));
        assert_eq!(sizes(Rules::of(None)), sizes(Rules::of(Some(Store::All))));
        assert_eq!(Rules::of(Some(Store::Apple)).picture_pixels, 4_000_000);
    }
}
