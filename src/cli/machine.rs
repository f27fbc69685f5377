//! The threads, the memory and the cache that a build may use on this computer.

use std::num::NonZero;
use std::thread;

use sysinfo::System;

use crate::picture::{CacheOptions, ProcessorOptions};

use super::args::ResourceArgs;
use super::environment;

/// The maximum size of the cache after a build: about four thousand pictures of an e-book.
const CACHE_LIMIT: u64 = 2_000_000_000;
/// Pictures in progress may use this fraction of the memory.
const MEMORY_FRACTION: u64 = 4;
/// The memory that is assumed if the system does not report it.
const DEFAULT_MEMORY: u64 = 4 << 30;

/// The options from the arguments. Their defaults depend on the computer.
pub(super) fn processor_options(resources: &ResourceArgs) -> ProcessorOptions {
    let jobs = resources.jobs.and_then(NonZero::new);
    let jobs = jobs.or_else(|| thread::available_parallelism().ok());
    let memory =
        resources.memory.unwrap_or_else(|| memory().unwrap_or(DEFAULT_MEMORY) / MEMORY_FRACTION);
    ProcessorOptions { jobs: jobs.map_or(1, NonZero::get), memory, cache: cache(resources) }
}

/// The memory of the computer, or of the container if that is less.
fn memory() -> Option<u64> {
    let mut system = System::new().ok()?;
    system.refresh_memory();
    let total = system.total_memory();
    let limit = system.cgroup_limits().map_or(total, |limits| limits.total_memory);
    Some(total.min(limit)).filter(|&memory| memory > 0)
}

fn cache(resources: &ResourceArgs) -> Option<CacheOptions> {
    if resources.no_cache {
        return None;
    }
    let folder = resources.cache.clone().or_else(environment::cache_folder)?;
    Some(CacheOptions { folder, max_bytes: CACHE_LIMIT, now: environment::now() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_has_some_memory() {
        assert!(memory().is_none_or(|bytes| bytes > 64 << 20));
    }
}
