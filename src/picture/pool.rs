//! Work on many pictures at once, handed on in order.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Runs `work` on every item with up to `jobs` threads, and hands the results to
/// `take` in the items' order. At most `jobs + 2` items are under way or waiting at any
/// time, so memory does not grow with their number. Stops at the first error of `take`;
/// a panic in `work` is handed on.
///
/// # Errors
/// The first error of `take`.
pub fn in_order<I, T, R, E>(
    mut items: I,
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(T, R) -> Result<(), E>,
) -> Result<(), E>
where
    I: Iterator<Item = T> + Send,
    T: Send,
    R: Send,
{
    if jobs <= 1 {
        return items.try_for_each(|item| {
            let result = work(&item);
            take(item, result)
        });
    }
    let desk = Desk {
        state: Mutex::new(State {
            items,
            handed_out: 0,
            taken: 0,
            exhausted: false,
            stopped: false,
            done: BTreeMap::new(),
        }),
        changed: Condvar::new(),
        window: jobs + 2,
    };
    thread::scope(|scope| {
        // Whatever ends this closure, the workers must not wait for it for ever.
        let _bell = Bell { desk: &desk };
        for _ in 0..jobs {
            scope.spawn(|| {
                let _bell = BellOnPanic { desk: &desk };
                while let Some((number, item)) = desk.next() {
                    let result = catch_unwind(AssertUnwindSafe(|| work(&item)));
                    desk.put(number, item, result);
                }
            });
        }
        while let Some((item, result)) = desk.take() {
            match result {
                Ok(result) => take(item, result)?,
                Err(panic) => resume_unwind(panic),
            }
        }
        Ok(())
    })
}

/// Where items wait to be worked on and results wait to be taken.
struct Desk<I, T, R> {
    state: Mutex<State<I, T, R>>,
    changed: Condvar,
    window: usize,
}

/// What a worker brought back: a result, or the panic it ended in.
type Outcome<R> = Result<R, Box<dyn Any + Send>>;

struct State<I, T, R> {
    items: I,
    handed_out: usize,
    taken: usize,
    exhausted: bool,
    stopped: bool,
    done: BTreeMap<usize, (T, Outcome<R>)>,
}

impl<I, T, R> Desk<I, T, R> {
    fn lock(&self) -> MutexGuard<'_, State<I, T, R>> {
        // Only the iterator runs under the lock; when it panics, all stop.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State<I, T, R>>) -> MutexGuard<'a, State<I, T, R>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    fn put(&self, number: usize, item: T, result: Outcome<R>) {
        self.lock().done.insert(number, (item, result));
        self.changed.notify_all();
    }

    /// The next result in order, or nothing when all are taken.
    fn take(&self) -> Option<(T, Outcome<R>)> {
        let mut state = self.lock();
        loop {
            let number = state.taken;
            if let Some(done) = state.done.remove(&number) {
                state.taken += 1;
                drop(state);
                self.changed.notify_all();
                return Some(done);
            }
            if state.stopped || (state.exhausted && state.taken == state.handed_out) {
                return None;
            }
            state = self.wait(state);
        }
    }
}

impl<I: Iterator<Item = T>, T, R> Desk<I, T, R> {
    /// The next item to work on, when there is room for its result.
    fn next(&self) -> Option<(usize, T)> {
        let mut state = self.lock();
        loop {
            if state.stopped || state.exhausted {
                return None;
            }
            if state.handed_out - state.taken < self.window {
                break;
            }
            state = self.wait(state);
        }
        let Some(item) = state.items.next() else {
            state.exhausted = true;
            drop(state);
            self.changed.notify_all();
            return None;
        };
        let number = state.handed_out;
        state.handed_out += 1;
        Some((number, item))
    }
}

/// Sends everybody home when it goes out of scope.
struct Bell<'a, I, T, R> {
    desk: &'a Desk<I, T, R>,
}

impl<I, T, R> Drop for Bell<'_, I, T, R> {
    fn drop(&mut self) {
        self.desk.stop();
    }
}

/// The same, but only when its thread goes down.
struct BellOnPanic<'a, I, T, R> {
    desk: &'a Desk<I, T, R>,
}

impl<I, T, R> Drop for BellOnPanic<'_, I, T, R> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.desk.stop();
        }
    }
}
