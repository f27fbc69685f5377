//! What the machine offers a build: threads, memory, and a folder for what may be lost.

use std::ffi::OsString;
use std::num::NonZero;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sysinfo::System;

use crate::picture::{Setup, Shelf};

use super::args::Means;

/// How much the cache may hold after a build: some four thousand pictures of an e-book.
const MOST_KEPT: u64 = 2_000_000_000;
/// The pictures under way take this part of the memory that there is.
const MEMORY_PART: u64 = 4;
/// Where nobody knows how much memory there is, there is as much as in a small machine.
const USUAL_MEMORY: u64 = 4 << 30;

/// The darkroom that the arguments ask for, fitted out by what there is.
pub(super) fn setup(means: &Means) -> Setup {
    let jobs = means.jobs.or_else(|| thread::available_parallelism().ok());
    Setup {
        jobs: jobs.map_or(1, NonZero::get),
        memory: means.memory.unwrap_or_else(|| memory().unwrap_or(USUAL_MEMORY) / MEMORY_PART),
        shelf: shelf(means),
    }
}

/// What this process may have: the machine's memory, or less where a container says so.
fn memory() -> Option<u64> {
    let mut system = System::new().ok()?;
    system.refresh_memory();
    let all = system.total_memory();
    let allowed = system.cgroup_limits().map_or(all, |limits| limits.total_memory);
    Some(all.min(allowed)).filter(|&memory| memory > 0)
}

fn shelf(means: &Means) -> Option<Shelf> {
    if means.no_cache {
        return None;
    }
    let folder = means.cache.clone().or_else(|| folder(variable))?;
    Some(Shelf { folder, most: MOST_KEPT, now: now() })
}

#[expect(clippy::disallowed_methods, reason = "cli is where the environment is read")]
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// What was used last is told by the clock; no byte of any edition is.
#[expect(clippy::disallowed_methods, reason = "cli is where the clock is read")]
fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Where the system has its users' caches; `RECTO_CACHE` names another folder. Without a
/// home there is none.
fn folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    if let Some(folder) = variable("RECTO_CACHE") {
        return Some(folder.into());
    }
    // A path that is not absolute is to be ignored (XDG Base Directory Specification).
    let absolute = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return Some(absolute("LOCALAPPDATA")?.join("recto").join("cache"));
    }
    if cfg!(target_os = "macos") {
        return Some(absolute("HOME")?.join("Library/Caches/recto"));
    }
    let caches = absolute("XDG_CACHE_HOME").or_else(|| Some(absolute("HOME")?.join(".cache")))?;
    Some(caches.join("recto"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Option<PathBuf> {
        folder(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
        })
    }

    #[test]
    fn a_folder_that_is_named_comes_before_the_systems_own() {
        let named = ("RECTO_CACHE", "kept/here");
        assert_eq!(with(&[named, ("HOME", "/home/ada")]), Some("kept/here".into()));
        assert_eq!(with(&[]), None);
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    #[test]
    fn the_systems_own_is_that_of_the_xdg_specification() {
        let home = ("HOME", "/home/ada");
        assert_eq!(with(&[home]), Some("/home/ada/.cache/recto".into()));
        let elsewhere = ("XDG_CACHE_HOME", "/var/caches");
        assert_eq!(with(&[home, elsewhere]), Some("/var/caches/recto".into()));
        let odd = ("XDG_CACHE_HOME", "caches");
        assert_eq!(with(&[home, odd]), Some("/home/ada/.cache/recto".into()));
        assert_eq!(with(&[("HOME", "ada")]), None);
    }

    #[test]
    fn a_machine_has_some_memory() {
        assert!(memory().is_none_or(|bytes| bytes > 64 << 20));
    }
}
