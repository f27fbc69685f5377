//! Loads the book again when one of its files has changed.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::error::PreviewError;
use super::loader::Loader;
use super::updates::Updates;

/// A program that saves a file changes it several times; it is read after this time of quiet.
const QUIET: Duration = Duration::from_millis(60);
/// How many times of quiet are waited for while files change without end.
const MAX_QUIET: usize = 10;
/// The time after the last change in which photos are not examined yet: editing goes on.
const IDLE: Duration = Duration::from_millis(1500);

/// Watches the folders of the book, and publishes its new states from a thread of its own.
pub(super) fn start(mut loader: Loader, updates: Arc<Updates>) -> Result<(), PreviewError> {
    let (sender, changes) = mpsc::channel();
    let mut folders = Folders::new(sender)?;
    folders.watch(loader.folders())?;
    thread::spawn(move || {
        // Photos have not been examined when the preview starts.
        let mut is_examined = false;
        loop {
            let change = if is_examined {
                changes.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                changes.recv_timeout(IDLE)
            };
            let inspects = match change {
                Ok(()) => {
                    wait_for_quiet(&changes);
                    false
                }
                Err(RecvTimeoutError::Timeout) => true,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            is_examined = inspects;
            // Pages are written to memory, which does not fail.
            if let Ok(shown) = loader.load(inspects) {
                updates.publish(shown);
            }
            // A folder that cannot be watched, or no longer exists, is tried again next time.
            let _ = folders.watch(loader.folders());
        }
    });
    Ok(())
}

fn wait_for_quiet(changes: &Receiver<()>) {
    for _ in 0..MAX_QUIET {
        if changes.recv_timeout(QUIET).is_err() {
            return;
        }
        while changes.try_recv().is_ok() {}
    }
}

/// The watched folders.
struct Folders {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
}

impl Folders {
    fn new(sender: Sender<()>) -> Result<Self, PreviewError> {
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // Loading the book reads its files, which must not load it again.
            if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
                // It fails when the preview ends.
                let _ = sender.send(());
            }
        })?;
        Ok(Self { watcher, watched: BTreeSet::new() })
    }

    /// Watches these folders too. One that was removed and made again is watched anew.
    fn watch(&mut self, folders: &BTreeSet<PathBuf>) -> Result<(), PreviewError> {
        let gone: Vec<_> = self.watched.iter().filter(|folder| !folder.is_dir()).cloned().collect();
        for folder in gone {
            // The system may have forgotten it already.
            let _ = self.watcher.unwatch(&folder);
            self.watched.remove(&folder);
        }
        for folder in folders.difference(&self.watched.clone()).filter(|folder| folder.is_dir()) {
            self.watcher.watch(folder, RecursiveMode::NonRecursive)?;
            self.watched.insert(folder.clone());
        }
        Ok(())
    }
}
