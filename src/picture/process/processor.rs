//! Processes photos: decodes, scales, converts and encodes them, or takes the result from the
//! cache.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::finding::Finding;
use crate::model::Picture;

use crate::picture::cache::{Cache, CacheKey, CacheOptions, hash_file};
use crate::picture::color::ColorTransforms;
use crate::picture::duplicates;
use crate::picture::errors::PictureError;
use crate::picture::process::gate::Gate;
use crate::picture::process::memory_estimate::memory_estimate;
use crate::picture::process::pool;
use crate::picture::process::pool::MemorySize;
use crate::picture::process::processed_image::ProcessedImage;
use crate::picture::process::scale;
use crate::picture::process::scale::{Raster, ScaleOptions, Scaled};
use crate::picture::process::sizes::ScaledSizes;

/// The threads, the memory and the cache of an [`ImageProcessor`].
#[derive(Debug, Clone)]
pub struct ProcessorOptions {
    /// How many threads may work.
    pub jobs: usize,
    /// How many bytes the photos in progress, and the finished ones that wait for their turn, may
    /// take.
    pub memory: u64,
    /// The cache, if there is one.
    pub cache: Option<CacheOptions>,
}

impl Default for ProcessorOptions {
    /// One thread, one gigabyte and no cache.
    fn default() -> Self {
        Self { jobs: 1, memory: 1 << 30, cache: None }
    }
}

/// Statistics of an [`ImageProcessor`].
#[derive(Debug, Default)]
pub struct ProcessorStats {
    /// How many photos were processed.
    pub processed: usize,
    /// How many results came from the cache.
    pub cache_hits: usize,
    /// The finding that the cache cannot be written.
    pub cache_error: Option<Finding>,
}

/// Processes photos on a thread pool within a memory budget, with a cache.
#[derive(Debug)]
pub struct ImageProcessor {
    jobs: usize,
    memory: u64,
    cache: Option<Cache>,
    processed: AtomicUsize,
    transforms: ColorTransforms,
    gate: Gate,
}

impl ImageProcessor {
    /// A processor with these options.
    pub fn new(options: ProcessorOptions) -> Self {
        let ProcessorOptions { jobs, memory, cache } = options;
        Self {
            jobs,
            memory,
            cache: cache.map(Cache::new),
            processed: AtomicUsize::new(0),
            transforms: ColorTransforms::default(),
            gate: Gate::new(jobs, memory),
        }
    }

    pub(in crate::picture) fn transforms(&self) -> &ColorTransforms {
        &self.transforms
    }

    /// Decodes a photo, turns it upright, flattens it on white, scales it (never up), converts it
    /// to sRGB and encodes it as a JPEG; or takes the result from the cache.
    ///
    /// # Errors
    /// The photo cannot be read or decoded.
    pub fn scaled(
        &self,
        picture: &Picture,
        options: &ScaleOptions,
    ) -> Result<Scaled, PictureError> {
        self.scaled_on(picture, options, scale::WHITE)
    }

    /// Like [`ImageProcessor::scaled`], but flattens a transparent photo on a colour of sRGB.
    ///
    /// # Errors
    /// The photo cannot be read or decoded.
    pub fn scaled_on(
        &self,
        picture: &Picture,
        options: &ScaleOptions,
        backdrop: [u8; 3],
    ) -> Result<Scaled, PictureError> {
        let backdrop = if picture.alpha { backdrop } else { scale::WHITE };
        let process = if backdrop == scale::WHITE {
            format!("scaled {options:?}")
        } else {
            format!("scaled {options:?} on {backdrop:?}")
        };
        let processed = self.process(picture, &process, || {
            let Scaled { jpeg: bytes, pixels } =
                scale::scaled(picture, options, backdrop, &self.transforms)?;
            Ok(ProcessedImage { bytes, pixels })
        })?;
        Ok(Scaled { jpeg: processed.bytes, pixels: processed.pixels })
    }

    /// Like [`ImageProcessor::scaled`], but in several sizes, the largest first.
    ///
    /// # Errors
    /// The photo cannot be read or decoded.
    pub fn scaled_sizes(
        &self,
        picture: &Picture,
        sizes: &[ScaleOptions],
    ) -> Result<ScaledSizes, PictureError> {
        let make = || Ok(ScaledSizes(scale::scaled_sizes(picture, sizes, &self.transforms)?));
        let packed = self.process(picture, &format!("sizes {sizes:?}"), || Ok(make()?.pack()))?;
        ScaledSizes::unpack(&packed.bytes).map_or_else(make, Ok)
    }

    /// Like [`ImageProcessor::scaled`], but does not encode the result.
    ///
    /// # Errors
    /// The photo cannot be read or decoded.
    pub fn raster(
        &self,
        picture: &Picture,
        options: &ScaleOptions,
    ) -> Result<Raster, PictureError> {
        // Without encoding there is no quality.
        let ScaleOptions { max_edge, max_pixels, quality: _ } = options;
        let process = format!("raster {max_edge} {max_pixels}");
        let ProcessedImage { bytes: rgb, pixels } = self.process(picture, &process, || {
            let Raster { rgb: bytes, pixels } = self.uncached_raster(picture, options)?;
            Ok(ProcessedImage { bytes, pixels })
        })?;
        Ok(Raster { pixels, rgb })
    }

    /// Like [`ImageProcessor::raster`], without the cache: for work whose own result is cached.
    ///
    /// # Errors
    /// The photo cannot be read or decoded.
    pub fn uncached_raster(
        &self,
        picture: &Picture,
        options: &ScaleOptions,
    ) -> Result<Raster, PictureError> {
        scale::raster(picture, options, &self.transforms)
    }

    /// Encodes generated pixels as a JPEG, or takes the result from the cache.
    ///
    /// # Errors
    /// The pixels are more than a JPEG can have.
    pub fn encode(&self, pixels: Raster, quality: u8) -> Result<Scaled, PictureError> {
        let process = format!("drawn {:?} {quality}", pixels.pixels);
        let key = self.cache.as_ref().map(|_| Cache::key_for_pixels(&pixels.rgb, &process));
        let processed = self.cached(key, || {
            let Scaled { jpeg: bytes, pixels } = scale::encoded(pixels, quality)?;
            Ok(ProcessedImage { bytes, pixels })
        })?;
        Ok(Scaled { jpeg: processed.bytes, pixels: processed.pixels })
    }

    /// For each of these photos, the first one with the same bytes, which may be the photo itself.
    /// With a cache, a photo is not read again while it does not change.
    pub fn originals<'p>(
        &self,
        photos: impl IntoIterator<Item = &'p Path>,
    ) -> BTreeMap<&'p Path, &'p Path> {
        duplicates::originals(photos, |photo| match &self.cache {
            Some(cache) => cache.source_hash(photo),
            None => hash_file(photo),
        })
    }

    /// The result of `work` for a picture, or its cached result for the same picture.
    ///
    /// `process` must describe everything that `work` depends on except for the picture: the kind
    /// of processing and all of its parameters.
    ///
    /// # Errors
    /// Those of `work`.
    pub fn process(
        &self,
        picture: &Picture,
        process: &str,
        work: impl FnOnce() -> Result<ProcessedImage, PictureError>,
    ) -> Result<ProcessedImage, PictureError> {
        // An unreadable source has no key; `work` reports the error.
        let key = self.cache.as_ref().and_then(|cache| cache.key(picture, process).ok());
        self.cached(key, work)
    }

    /// Puts a result into the cache that was made together with another one.
    pub(in crate::picture) fn store(
        &self,
        picture: &Picture,
        process: &str,
        processed: &ProcessedImage,
    ) {
        if let Some(cache) = &self.cache
            && let Ok(key) = cache.key(picture, process)
        {
            cache.insert(&key, processed);
        }
    }

    /// Whether results are stored, as far as is known.
    pub(in crate::picture) fn stores_results(&self) -> bool {
        self.cache.as_ref().is_some_and(Cache::is_writable)
    }

    fn cached(
        &self,
        key: Option<CacheKey>,
        work: impl FnOnce() -> Result<ProcessedImage, PictureError>,
    ) -> Result<ProcessedImage, PictureError> {
        let Some((cache, key)) = self.cache.as_ref().zip(key) else {
            return self.count(work());
        };
        if let Some(processed) = cache.get(&key) {
            return Ok(processed);
        }
        let processed = self.count(work())?;
        cache.insert(&key, &processed);
        Ok(processed)
    }

    fn count(
        &self,
        processed: Result<ProcessedImage, PictureError>,
    ) -> Result<ProcessedImage, PictureError> {
        if processed.is_ok() {
            self.processed.fetch_add(1, Ordering::Relaxed);
        }
        processed
    }

    /// Ends a build: reduces the cache to its size limit, and returns the statistics.
    pub fn close(self) -> ProcessorStats {
        ProcessorStats {
            processed: self.processed.into_inner(),
            cache_hits: self.cache.as_ref().map_or(0, Cache::hits),
            cache_error: self.cache.and_then(|cache| cache.close()),
        }
    }

    /// Runs the work of processing one picture as soon as there are a thread and memory for it,
    /// beside other such calls: for pictures that are asked for one by one.
    pub fn on_demand<R>(&self, picture: &Picture, work: impl FnOnce() -> R) -> R {
        self.gate.run(memory_estimate(picture), work)
    }

    /// Runs `work` on every item, and passes the results to `take` in the items' order.
    ///
    /// `picture` returns the picture that an item's work decodes, if there is one, from which the
    /// memory is estimated. The largest pictures are started first, and none is started while the
    /// memory for it, for those in progress and for the waiting results exceeds the budget. A
    /// picture that exceeds the budget by itself is processed alone. The order of the results does
    /// not depend on any of this.
    ///
    /// Stops at the first error of `take`; a panic in `work` is passed on.
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
        let items = items
            .into_iter()
            .map(|item| (picture(&item).map_or(0, memory_estimate), item))
            .collect();
        pool::in_order(items, self.jobs, self.memory, work, take)
    }
}
