//! The room where pictures are made smaller: its hands, its memory, and its order of work.

use crate::model::{Picture, Pixels};

use super::need::need;
use super::pool::{self, Held};
use super::scale::{self, PictureError, Recipe, Scaled};

/// How a darkroom is fitted out.
#[derive(Debug, Clone)]
pub struct Setup {
    /// How many threads may work.
    pub jobs: usize,
    /// How many bytes the pictures under way, and those waiting for their turn, may take.
    pub memory: u64,
}

impl Default for Setup {
    /// One thread and a gigabyte: for tests, and for who has no reason to choose.
    fn default() -> Self {
        Self { jobs: 1, memory: 1 << 30 }
    }
}

/// What was made of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// A JPEG file, deflated samples, or whatever the process makes.
    pub bytes: Vec<u8>,
    /// Its size.
    pub pixels: Pixels,
}

impl Held for Made {
    fn held(&self) -> u64 {
        self.bytes.len() as u64
    }
}

/// Where every edition has its pictures made.
#[derive(Debug)]
pub struct Darkroom {
    setup: Setup,
}

impl Darkroom {
    /// Opens a room.
    pub fn new(setup: Setup) -> Self {
        Self { setup }
    }

    /// Decodes, turns upright, flattens on white, scales (never up), converts to sRGB and
    /// encodes; or finds that it was done before.
    pub fn scaled(&self, picture: &Picture, recipe: &Recipe) -> Result<Scaled, PictureError> {
        let made = self.made(picture, &format!("scaled {recipe:?}"), || {
            let Scaled { jpeg: bytes, pixels } = scale::scaled(picture, recipe)?;
            Ok(Made { bytes, pixels })
        })?;
        Ok(Scaled { jpeg: made.bytes, pixels: made.pixels })
    }

    /// What `make` makes of a picture, or what it made before of the same picture.
    ///
    /// `process` must tell everything that `make` depends on beside the picture itself: the
    /// kind of work and every parameter of it.
    pub fn made(
        &self,
        _picture: &Picture,
        _process: &str,
        make: impl FnOnce() -> Result<Made, PictureError>,
    ) -> Result<Made, PictureError> {
        make()
    }

    /// Runs `work` on every item, and hands the results to `take` in the items' order.
    ///
    /// `picture` tells what an item's work decodes, if anything, and with that how large it
    /// is: the largest comes first, and none is begun that does not fit into the memory beside
    /// those under way and the results that wait for their turn. A picture that never fits
    /// is worked on alone. What is taken, and in which order, depends on neither.
    ///
    /// Stops at the first error of `take`; a panic in `work` is handed on.
    ///
    /// # Errors
    /// The first error of `take`.
    pub fn in_order<T, R, E>(
        &self,
        items: impl IntoIterator<Item = T>,
        picture: impl Fn(&T) -> Option<&Picture>,
        work: impl Fn(&T) -> R + Sync,
        take: impl FnMut(T, R) -> Result<(), E>,
    ) -> Result<(), E>
    where
        T: Send,
        R: Held + Send,
    {
        let items = items.into_iter().map(|item| (picture(&item).map_or(0, need), item)).collect();
        pool::in_order(items, self.setup.jobs, self.setup.memory, work, take)
    }
}
