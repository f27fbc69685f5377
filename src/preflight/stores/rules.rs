//! The published limits of each store.

use crate::model::{Size, Store};

/// A limit, and the store that sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreRule<T> {
    /// The limit.
    pub limit: T,
    /// The store.
    pub store: Store,
}

/// The limits of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreRules {
    /// The maximum number of pixels of a picture.
    pub picture_pixels: u64,
    /// The maximum length of the longer side of a picture, in pixels.
    pub picture_edge: u32,
    /// The maximum number of pixels of a page in fixed layout.
    pub viewport: u64,
    /// The maximum number of pixels of the cover.
    pub cover: u64,
    /// The maximum size of the file, in bytes.
    pub file: StoreRule<u64>,
    /// The minimum width and height of the cover, in pixels.
    pub min_cover: StoreRule<(u32, u32)>,
    /// The number of characters from which an alt text is too long.
    pub alt: Option<StoreRule<usize>>,
    /// The maximum size of a text file, in bytes.
    pub text: Option<StoreRule<usize>>,
}

/// The maximum length of an alt text without a store: longer ones are tiring to listen to.
const DEFAULT_ALT_LENGTH: usize = 200;

/// The longer side of a cover: what stores recommend, and none rejects.
const COVER_EDGE: f64 = 2560.0;

const GIGABYTE: u64 = 1_000_000_000;

/// The limits of one store.
struct StoreLimits {
    store: Store,
    picture_pixels: u64,
    viewport: u64,
    file: u64,
    min_cover: (u32, u32),
    alt: Option<usize>,
    text: Option<usize>,
}

const TABLE: [StoreLimits; 4] = [
    // Apple documents both 5.6 and 4 megapixels.
    StoreLimits {
        store: Store::Apple,
        picture_pixels: 4_000_000,
        viewport: 4_000_000,
        file: 2 * GIGABYTE,
        min_cover: (1, 1),
        alt: None,
        text: None,
    },
    // A page has at most 3.8 megapixels, and a picture has no more pixels than its page.
    StoreLimits {
        store: Store::Kobo,
        picture_pixels: 3_800_000,
        viewport: 3_800_000,
        file: GIGABYTE,
        min_cover: (1, 1),
        alt: None,
        text: Some(10_000_000),
    },
    // The only limit for a picture is 5 MB, which no JPEG of this size reaches.
    StoreLimits {
        store: Store::Kdp,
        picture_pixels: 4_000_000,
        viewport: 4_000_000,
        file: 650_000_000,
        min_cover: (625, 1000),
        alt: Some(140),
        text: None,
    },
    StoreLimits {
        store: Store::Google,
        picture_pixels: 4_000_000,
        viewport: 4_000_000,
        file: 2 * GIGABYTE - 1,
        min_cover: (640, 640),
        alt: None,
        text: None,
    },
];

impl StoreRules {
    /// The limits of a store; without one, those that all stores accept.
    pub fn new(store: Option<Store>) -> Self {
        let lines = || {
            TABLE.iter().filter(move |line| match store {
                None | Some(Store::All) => true,
                Some(store) => line.store == store,
            })
        };
        let min = |value: fn(&StoreLimits) -> u64| lines().map(value).min().unwrap_or(u64::MAX);
        let file = lines().min_by_key(|line| line.file).map(|line| (line.file, line.store));
        let (file, file_store) = file.unwrap_or((u64::MAX, Store::All));
        // The store with the largest minimum height.
        let cover = lines().max_by_key(|line| line.min_cover.1);
        let (min_cover, cover_store) =
            cover.map_or(((1, 1), Store::All), |line| (line.min_cover, line.store));
        let min_rule = |value: fn(&StoreLimits) -> Option<usize>| {
            let rules = lines().filter_map(|line| Some((value(line)?, line.store)));
            rules.min_by_key(|rule| rule.0).map(|(limit, store)| StoreRule { limit, store })
        };
        Self {
            picture_pixels: min(|line| line.picture_pixels),
            picture_edge: 3200,
            viewport: min(|line| line.viewport),
            // The ideal size for Amazon, 1600 × 2560.
            cover: 4_096_000,
            file: StoreRule { limit: file, store: file_store },
            min_cover: StoreRule { limit: min_cover, store: cover_store },
            alt: min_rule(|line| line.alt),
            text: min_rule(|line| line.text),
        }
    }

    /// The maximum number of characters of an alt text that recto writes.
    pub fn max_alt_length(&self) -> usize {
        self.alt.map_or(DEFAULT_ALT_LENGTH, |rule| rule.limit.saturating_sub(1))
    }

    /// The width and height of a cover of this shape, in pixels.
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

/// The name of a store.
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
    fn without_a_store_the_sizes_suit_all_stores() {
        let sizes = |rules: StoreRules| (rules.picture_pixels, rules.viewport, rules.file.limit);
        assert_eq!(sizes(StoreRules::new(None)), (3_800_000, 3_800_000, 650_000_000));
        assert_eq!(sizes(StoreRules::new(None)), sizes(StoreRules::new(Some(Store::All))));
        assert_eq!(StoreRules::new(Some(Store::Apple)).picture_pixels, 4_000_000);
    }
}
