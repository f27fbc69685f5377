//! Work on many things at once, the largest first, handed on in order.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// What takes memory while it waits for its turn.
pub trait MemorySize {
    /// How many bytes.
    fn held(&self) -> u64;
}

impl<T: MemorySize, E> MemorySize for Result<T, E> {
    fn held(&self) -> u64 {
        self.as_ref().map_or(0, MemorySize::held)
    }
}

/// Results may wait for this part of the memory, and for no more than [`MOST_WAITING`]:
/// beyond, the work keeps close to what is taken next.
const WAITING_PART: u64 = 8;
const MOST_WAITING: u64 = 64 << 20;

/// What a thread is done with, the system may not get back: allocators return large pieces,
/// and keep smaller ones for the same thread: 45 to 60 MB each, measured; this is more.
const KEPT: u64 = 96 << 20;

/// How many threads are of use: a thread that only waits for room, and takes its turn with
/// the others, would keep what it once had.
fn threads<T>(items: &[(u64, T)], jobs: usize, memory: u64) -> usize {
    let sum: u64 = items.iter().map(|(need, _)| (*need).min(KEPT)).sum();
    let mean = sum / items.len().max(1) as u64;
    let room = memory.checked_div(mean).and_then(|room| usize::try_from(room).ok());
    jobs.min(room.unwrap_or(usize::MAX)).max(1)
}

/// Runs `work` on every item with up to `jobs` threads; each item comes with the bytes
/// that its work needs. Results are handed to `take` in the items' order.
pub(in crate::picture) fn in_order<T, R, E>(
    items: Vec<(u64, T)>,
    jobs: usize,
    memory: u64,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(T, R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    R: MemorySize + Send,
{
    let jobs = threads(&items, jobs, memory);
    if jobs == 1 {
        return items.into_iter().try_for_each(|(_, item)| {
            let result = work(&item);
            take(item, result)
        });
    }
    let desk =
        WorkQueue { state: Mutex::new(State::new(items, jobs, memory)), changed: Condvar::new() };
    thread::scope(|scope| {
        // Whatever ends this closure, the workers must not wait for it for ever.
        let _bell = StopGuard { desk: &desk };
        for _ in 0..jobs {
            scope.spawn(|| {
                let _bell = PanicGuard { desk: &desk };
                while let Some(order) = desk.next() {
                    let result = catch_unwind(AssertUnwindSafe(|| work(&order.item)));
                    desk.put(order, result);
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

/// An item that nobody works on yet.
struct QueuedItem<T> {
    number: usize,
    need: u64,
    item: T,
}

/// What a worker brought back: a result, or the panic it ended in.
type WorkerResult<R> = Result<R, Box<dyn Any + Send>>;

/// An item that was worked on.
struct FinishedItem<T, R> {
    item: T,
    outcome: WorkerResult<R>,
    held: u64,
}

/// Where items wait to be worked on and results wait to be taken.
struct WorkQueue<T, R> {
    state: Mutex<State<T, R>>,
    changed: Condvar,
}

struct State<T, R> {
    /// What is left to begin, the largest first.
    open: Vec<QueuedItem<T>>,
    done: BTreeMap<usize, FinishedItem<T, R>>,
    /// How many items there are, and how many were taken.
    count: usize,
    taken: usize,
    /// Who is at work, and what they need.
    workers: usize,
    at_work: u64,
    /// What the results hold that wait.
    held: u64,
    jobs: usize,
    memory: u64,
    stopped: bool,
}

impl<T, R> State<T, R> {
    fn new(items: Vec<(u64, T)>, jobs: usize, memory: u64) -> Self {
        let count = items.len();
        let order = |(number, (need, item))| QueuedItem { number, need, item };
        let mut open: Vec<_> = items.into_iter().enumerate().map(order).collect();
        // The sort is stable: of equals, the first comes first.
        open.sort_by_key(|order| std::cmp::Reverse(order.need));
        Self {
            open,
            done: BTreeMap::new(),
            count,
            taken: 0,
            workers: 0,
            at_work: 0,
            held: 0,
            jobs,
            memory,
            stopped: false,
        }
    }

    /// The place in `open` of what is to be begun now, if anything.
    fn choice(&self) -> Option<usize> {
        let room = self.memory.saturating_sub(self.at_work + self.held);
        let chosen = if self.held < (self.memory / WAITING_PART).min(MOST_WAITING) {
            self.open.iter().position(|order| order.need <= room)
        } else {
            let near = self.taken + self.jobs + 2;
            let mut fitting: Vec<_> = self.open.iter().enumerate().collect();
            fitting.retain(|(_, order)| order.number < near && order.need <= room);
            fitting.into_iter().min_by_key(|(_, order)| order.number).map(|(place, _)| place)
        };
        // What never fits is worked on alone; it is the one that everybody waits for.
        let next = || self.open.iter().position(|order| order.number == self.taken);
        chosen.or_else(|| if self.workers == 0 { next() } else { None })
    }
}

impl<T, R> WorkQueue<T, R> {
    fn lock(&self) -> MutexGuard<'_, State<T, R>> {
        // Nothing of others runs under the lock, so nothing can panic half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State<T, R>>) -> MutexGuard<'a, State<T, R>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    /// The next item to work on, when there is room for it.
    fn next(&self) -> Option<QueuedItem<T>> {
        let mut state = self.lock();
        loop {
            if state.stopped || state.open.is_empty() {
                return None;
            }
            if let Some(place) = state.choice() {
                let order = state.open.remove(place);
                state.workers += 1;
                state.at_work += order.need;
                return Some(order);
            }
            state = self.wait(state);
        }
    }

    fn put(&self, order: QueuedItem<T>, outcome: WorkerResult<R>)
    where
        R: MemorySize,
    {
        let QueuedItem { number, need, item } = order;
        let held = outcome.as_ref().map_or(0, MemorySize::held);
        let mut state = self.lock();
        state.workers -= 1;
        state.at_work -= need;
        state.held += held;
        state.done.insert(number, FinishedItem { item, outcome, held });
        drop(state);
        self.changed.notify_all();
    }

    /// The next result in order, or nothing when all are taken.
    fn take(&self) -> Option<(T, WorkerResult<R>)> {
        let mut state = self.lock();
        loop {
            let number = state.taken;
            if let Some(FinishedItem { item, outcome, held }) = state.done.remove(&number) {
                state.taken += 1;
                state.held -= held;
                drop(state);
                self.changed.notify_all();
                return Some((item, outcome));
            }
            if state.stopped || number == state.count {
                return None;
            }
            state = self.wait(state);
        }
    }
}

/// Sends everybody home when it goes out of scope.
struct StopGuard<'a, T, R> {
    desk: &'a WorkQueue<T, R>,
}

impl<T, R> Drop for StopGuard<'_, T, R> {
    fn drop(&mut self) {
        self.desk.stop();
    }
}

/// The same, but only when its thread goes down.
struct PanicGuard<'a, T, R> {
    desk: &'a WorkQueue<T, R>,
}

impl<T, R> Drop for PanicGuard<'_, T, R> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.desk.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    /// What a result says that it holds.
    struct MemoryUse(u64);

    impl MemorySize for MemoryUse {
        fn held(&self) -> u64 {
            self.0
        }
    }

    const PLENTY: u64 = 1 << 40;

    /// So many items, of sizes in no order.
    fn items(count: u64) -> Vec<(u64, u64)> {
        (0..count).map(|number| (number * 37 % 100, number)).collect()
    }

    #[test]
    fn results_arrive_in_order_with_any_number_of_jobs_and_any_memory() {
        for jobs in [0, 1, 2, 8] {
            for memory in [0, 100, 1000, PLENTY] {
                let mut taken = Vec::new();
                let work = |number: &u64| {
                    thread::sleep(Duration::from_micros(number * 37 % 500));
                    MemoryUse(*number)
                };
                in_order(items(100), jobs, memory, work, |number, weight| {
                    assert_eq!(weight.0, number);
                    taken.push(number);
                    Ok::<(), ()>(())
                })
                .unwrap();
                assert_eq!(taken, (0..100).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn the_largest_come_first() {
        let needs = [3, 1, 4, 1, 5, 9, 2, 6];
        let items = needs.map(|need| (need, need)).to_vec();
        let desk = WorkQueue::<u64, MemoryUse> {
            state: Mutex::new(State::new(items, 2, PLENTY)),
            changed: Condvar::new(),
        };
        let begun: Vec<_> = needs.iter().map_while(|_| desk.next()).map(|o| o.number).collect();
        assert_eq!(begun, [5, 7, 4, 2, 0, 6, 1, 3]);
    }

    #[test]
    fn no_thread_is_there_only_to_wait_for_room() {
        let photos = [(80 << 20, ()); 24];
        assert_eq!([100, 200, 400, 2000].map(|mb| threads(&photos, 8, mb << 20)), [1, 2, 5, 8]);
        assert_eq!(threads::<()>(&[], 8, 0), 8);
        assert_eq!(threads(&photos, 0, 1 << 40), 1);
        // What is large goes back to the system, and takes no thread from the others.
        let giants = [(2 << 30, ()); 24];
        assert_eq!(threads(&giants, 8, 2 << 30), 8);
    }

    #[test]
    fn no_more_is_begun_than_fits() {
        let (now, most, together) = (AtomicU64::new(0), AtomicU64::new(0), AtomicUsize::new(0));
        let work = |need: &u64| {
            let sum = now.fetch_add(*need, Ordering::SeqCst) + need;
            if sum > *need {
                together.fetch_add(1, Ordering::SeqCst);
                most.fetch_max(sum, Ordering::SeqCst);
            }
            thread::sleep(Duration::from_micros(300));
            now.fetch_sub(*need, Ordering::SeqCst);
            MemoryUse(0)
        };
        // 150 is more than there is; it is worked on alone.
        let needs = (0..60).map(|n| if n % 20 == 7 { 150 } else { 10 + n * 7 % 60 });
        let items = needs.map(|need| (need, need)).collect();
        in_order(items, 4, 100, work, |_, _| Ok::<(), ()>(())).unwrap();
        assert!(most.into_inner() <= 100);
        assert!(together.into_inner() > 10, "small ones share the memory");
    }

    #[test]
    fn what_waits_counts_too() {
        let (taken, ahead) = (AtomicU64::new(0), AtomicU64::new(0));
        let work = |number: &u64| {
            let before = number.saturating_sub(taken.load(Ordering::SeqCst));
            ahead.fetch_max(before, Ordering::SeqCst);
            MemoryUse(100)
        };
        // Of 1000, results may take an eighth: two of them, and then those that are next.
        let items = (0..200).map(|number| (1, number)).collect();
        in_order(items, 3, 1000, work, |_, _| {
            taken.fetch_add(1, Ordering::SeqCst);
            thread::sleep(Duration::from_micros(200));
            Ok::<(), ()>(())
        })
        .unwrap();
        assert!(ahead.into_inner() <= 6);
    }

    #[test]
    fn the_first_error_ends_the_work() {
        for jobs in [1, 2, 8] {
            let worked = AtomicUsize::new(0);
            let work = |number: &u64| {
                worked.fetch_add(1, Ordering::SeqCst);
                thread::sleep(Duration::from_micros(100));
                MemoryUse(*number)
            };
            let items = (0..1000).map(|number| (1, number)).collect();
            let end = in_order(items, jobs, PLENTY, work, |number, _| {
                if number == 5 { Err("enough") } else { Ok(()) }
            });
            assert_eq!(end, Err("enough"));
            assert!(worked.into_inner() < 900);
        }
    }

    #[test]
    fn a_panic_at_work_is_handed_on() {
        for jobs in [1, 2, 8] {
            let result = catch_unwind(|| {
                let work = |number: &u64| {
                    assert!(*number != 5, "no");
                    MemoryUse(0)
                };
                in_order(items(100), jobs, PLENTY, work, |_, _| Ok::<(), ()>(()))
            });
            assert!(result.is_err());
        }
    }
}
