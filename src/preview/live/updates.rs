//! Hands the newest state of the page to requests, and tells them when there is another.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::preview::page::shown::Shown;

/// The newest page, and the one before it, whose pictures a browser may still ask for.
#[derive(Debug)]
pub(in crate::preview) struct Updates {
    recent: Mutex<Recent>,
    changed: Condvar,
}

#[derive(Debug)]
struct Recent {
    current: Arc<Shown>,
    previous: Option<Arc<Shown>>,
}

impl Updates {
    pub(in crate::preview) fn new(first: Shown) -> Self {
        let recent = Recent { current: Arc::new(first), previous: None };
        Self { recent: Mutex::new(recent), changed: Condvar::new() }
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        // Every update is a single step, so the state is valid even after a panic.
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The newest page.
    pub(in crate::preview) fn current(&self) -> Arc<Shown> {
        Arc::clone(&self.recent().current)
    }

    /// The newest page that has a file at this address.
    pub(in crate::preview) fn with_resource(&self, address: &str) -> Option<Arc<Shown>> {
        let recent = self.recent();
        let pages = [Some(&recent.current), recent.previous.as_ref()];
        let page = pages.into_iter().flatten().find(|page| page.resource(address).is_some());
        page.cloned()
    }

    /// Shows another page from now on; nothing happens if it is the same.
    pub(in crate::preview) fn publish(&self, shown: Shown) {
        let mut recent = self.recent();
        if recent.current.version == shown.version {
            return;
        }
        let previous = std::mem::replace(&mut recent.current, Arc::new(shown));
        recent.previous = Some(previous);
        drop(recent);
        self.changed.notify_all();
    }

    /// Waits until there is another version than this one, and returns it; `None` after `timeout`.
    pub(in crate::preview) fn wait(&self, version: &str, timeout: Duration) -> Option<String> {
        let recent = self.recent();
        let (recent, result) = self
            .changed
            .wait_timeout_while(recent, timeout, |recent| recent.current.version == version)
            .unwrap_or_else(PoisonError::into_inner);
        (!result.timed_out()).then(|| recent.current.version.clone())
    }
}
