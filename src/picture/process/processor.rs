//! The room where pictures are made smaller: its hands, its memory, and its order of work.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::finding::Finding;
use crate::model::Picture;

use crate::picture::cache::{Cache, CacheKey, CacheOptions};
use crate::picture::errors::PictureError;
use crate::picture::process::memory_estimate::need;
use crate::picture::process::pool;
use crate::picture::process::pool::MemorySize;
use crate::picture::process::processed_image::ProcessedImage;
use crate::picture::process::scale;
use crate::picture::process::scale::{Raster, ScaleOptions, Scaled};

/// The threads, the memory and the cache of an [`ImageProcessor`].
#[derive(Debug, Clone)]
pub struct ProcessorOptions {
    /// How many threads may work.
    pub jobs: usize,
    /// How many bytes the pictures under way, and those waiting for their turn, may take.
    pub memory: u64,
    /// Where made pictures are kept for the next time, if anywhere.
    pub shelf: Option<CacheOptions>,
}

impl Default for ProcessorOptions {
    /// One thread, a gigabyte, and nothing kept: for tests, and for who has no reason to choose.
    fn default() -> Self {
        Self { jobs: 1, memory: 1 << 30, shelf: None }
    }
}

/// What an [`ImageProcessor`] did.
#[derive(Debug, Default)]
pub struct ProcessorStats {
    /// How many pictures were made.
    pub made: usize,
    /// How many were found, made before.
    pub found: usize,
    /// Why the cache could not be written: a note.
    pub fault: Option<Finding>,
}

/// Where every edition has its pictures made.
#[derive(Debug)]
pub struct ImageProcessor {
    jobs: usize,
    memory: u64,
    cache: Option<Cache>,
    made: AtomicUsize,
}

impl ImageProcessor {
    /// Opens a room.
    pub fn new(setup: ProcessorOptions) -> Self {
        let ProcessorOptions { jobs, memory, shelf } = setup;
        Self { jobs, memory, cache: shelf.map(Cache::new), made: AtomicUsize::new(0) }
    }

    /// Decodes, turns upright, flattens on white, scales (never up), converts to sRGB and
    /// encodes; or finds that it was done before.
    pub fn scaled(&self, picture: &Picture, recipe: &ScaleOptions) -> Result<Scaled, PictureError> {
        let made = self.made(picture, &format!("scaled {recipe:?}"), || {
            let Scaled { jpeg: bytes, pixels } = scale::scaled(picture, recipe)?;
            Ok(ProcessedImage { bytes, pixels })
        })?;
        Ok(Scaled { jpeg: made.bytes, pixels: made.pixels })
    }

    /// As [`ImageProcessor::scaled`], but not encoded.
    pub fn raster(&self, picture: &Picture, recipe: &ScaleOptions) -> Result<Raster, PictureError> {
        // No quality: what is not encoded has none.
        let ScaleOptions { max_edge, max_pixels, quality: _ } = recipe;
        let process = format!("raster {max_edge} {max_pixels}");
        let ProcessedImage { bytes: rgb, pixels } = self.made(picture, &process, || {
            let Raster { rgb: bytes, pixels } = scale::raster(picture, recipe)?;
            Ok(ProcessedImage { bytes, pixels })
        })?;
        Ok(Raster { pixels, rgb })
    }

    /// Encodes what was drawn, or finds that the same was encoded before.
    pub fn drawn(&self, drawn: Raster, quality: u8) -> Result<Scaled, PictureError> {
        let process = format!("drawn {:?} {quality}", drawn.pixels);
        let key = self.cache.as_ref().map(|_| Cache::key_of_drawing(&drawn.rgb, &process));
        let made = self.kept(key, || {
            let Scaled { jpeg: bytes, pixels } = scale::encoded(drawn, quality)?;
            Ok(ProcessedImage { bytes, pixels })
        })?;
        Ok(Scaled { jpeg: made.bytes, pixels: made.pixels })
    }

    /// What `make` makes of a picture, or what it made before of the same picture.
    ///
    /// `process` must tell everything that `make` depends on beside the picture itself: the
    /// kind of work and every parameter of it.
    pub fn made(
        &self,
        picture: &Picture,
        process: &str,
        make: impl FnOnce() -> Result<ProcessedImage, PictureError>,
    ) -> Result<ProcessedImage, PictureError> {
        // A source that cannot be read is for `make` to tell of.
        let key = self.cache.as_ref().and_then(|cache| cache.key(picture, process).ok());
        self.kept(key, make)
    }

    fn kept(
        &self,
        key: Option<CacheKey>,
        make: impl FnOnce() -> Result<ProcessedImage, PictureError>,
    ) -> Result<ProcessedImage, PictureError> {
        let Some((cache, key)) = self.cache.as_ref().zip(key) else {
            return self.count(make());
        };
        if let Some(made) = cache.find(&key) {
            return Ok(made);
        }
        let made = self.count(make())?;
        cache.keep(&key, &made);
        Ok(made)
    }

    fn count(
        &self,
        made: Result<ProcessedImage, PictureError>,
    ) -> Result<ProcessedImage, PictureError> {
        if made.is_ok() {
            self.made.fetch_add(1, Ordering::Relaxed);
        }
        made
    }

    /// Ends a build: what was not used for longest leaves the cache, if it holds too much.
    pub fn close(self) -> ProcessorStats {
        ProcessorStats {
            made: self.made.into_inner(),
            found: self.cache.as_ref().map_or(0, Cache::found),
            fault: self.cache.and_then(|cache| cache.close()),
        }
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
        R: MemorySize + Send,
    {
        let items = items.into_iter().map(|item| (picture(&item).map_or(0, need), item)).collect();
        pool::in_order(items, self.jobs, self.memory, work, take)
    }
}
