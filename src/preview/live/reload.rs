//! Loads the book again when one of its files has changed.

use std::collections::BTreeSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::build::LoadedProject;

use super::updates::Updates;
use crate::preview::error::PreviewError;
use crate::preview::loader::Loader;
use crate::preview::page::shown::Shown;

/// A program that saves a file changes it several times; it is read after this time of quiet.
const QUIET: Duration = Duration::from_millis(60);
/// How many times of quiet are waited for while files change without end.
const MAX_QUIET: usize = 10;
/// The time after the last change in which photos are not examined yet: editing goes on.
const IDLE: Duration = Duration::from_millis(1500);

/// What happens while a book is shown.
enum Event {
    /// A file has changed.
    Changed,
    /// The photos of the book with this number have been examined; `None` if that failed.
    Inspected(u64, Option<Box<LoadedProject>>),
}

/// Watches the folders of the book, and publishes its new states from a thread of its own.
pub(in crate::preview) fn start(loader: Loader, updates: Arc<Updates>) -> Result<(), PreviewError> {
    let (sender, events) = mpsc::channel();
    let mut folders = WatchedFolders::new(sender.clone())?;
    folders.watch(loader.folders())?;
    let reloader = Reloader {
        loader,
        folders,
        updates,
        sender,
        events,
        number: 0,
        // Photos have not been examined when the preview starts.
        is_inspected: false,
        is_inspecting: false,
    };
    thread::spawn(move || reloader.run());
    Ok(())
}

/// Loads the book again and again.
struct Reloader {
    loader: Loader,
    folders: WatchedFolders,
    updates: Arc<Updates>,
    sender: Sender<Event>,
    events: Receiver<Event>,
    /// How many times the book was loaded.
    number: u64,
    /// Whether the photos of the current book have been examined.
    is_inspected: bool,
    /// Whether another thread examines photos.
    is_inspecting: bool,
}

impl Reloader {
    fn run(mut self) {
        loop {
            let event = if self.is_inspected || self.is_inspecting {
                self.events.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                self.events.recv_timeout(IDLE)
            };
            match event {
                Ok(Event::Changed) => {
                    self.wait_for_quiet();
                    self.number += 1;
                    self.is_inspected = false;
                    self.publish(Loader::load);
                }
                Ok(Event::Inspected(number, loaded)) => {
                    self.is_inspecting = false;
                    if number == self.number {
                        self.is_inspected = true;
                        if let Some(loaded) = loaded {
                            self.publish(|loader| loader.accept(*loaded, true));
                        }
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.inspect(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Examines the photos on another thread, so that changes are shown meanwhile.
    fn inspect(&mut self) {
        self.is_inspecting = true;
        let (number, sender) = (self.number, self.sender.clone());
        let inspection = self.loader.inspection();
        thread::spawn(move || {
            let loaded = catch_unwind(AssertUnwindSafe(inspection)).ok().map(Box::new);
            // It fails when the preview ends.
            let _ = sender.send(Event::Inspected(number, loaded));
        });
    }

    fn wait_for_quiet(&mut self) {
        for _ in 0..MAX_QUIET {
            match self.events.recv_timeout(QUIET) {
                Ok(Event::Changed) => {}
                // It is about a book that has changed since.
                Ok(Event::Inspected(..)) => self.is_inspecting = false,
                Err(_) => return,
            }
            while let Ok(event) = self.events.try_recv() {
                self.is_inspecting &= matches!(event, Event::Changed);
            }
        }
    }

    /// Publishes the page of a loaded book. An internal error leaves the page as it is, and the
    /// next change is another attempt.
    fn publish(&mut self, load: impl FnOnce(&mut Loader) -> io::Result<Shown>) {
        let loader = &mut self.loader;
        if let Ok(Ok(shown)) = catch_unwind(AssertUnwindSafe(|| load(loader))) {
            self.updates.publish(shown);
        }
        // A folder that cannot be watched, or no longer exists, is tried again next time.
        let _ = self.folders.watch(self.loader.folders());
    }
}

/// The watched folders.
struct WatchedFolders {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
}

impl WatchedFolders {
    fn new(sender: Sender<Event>) -> Result<Self, PreviewError> {
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Loading the book reads its files, which must not load it again.
            if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
                // It fails when the preview ends.
                let _ = sender.send(Event::Changed);
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
