//! A thread pool that starts the largest items first and returns the results in order.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// A result that takes memory while it waits for its turn.
pub trait MemorySize {
    /// The size in bytes.
    fn memory_size(&self) -> u64;
}

impl<T: MemorySize, E> MemorySize for Result<T, E> {
    fn memory_size(&self) -> u64 {
        self.as_ref().map_or(0, MemorySize::memory_size)
    }
}

/// Finished results may take the memory budget divided by this, and no more than [`MAX_WAITING`].
/// Above that, only items close to the next result are started.
const WAITING_DIVISOR: u64 = 8;
const MAX_WAITING: u64 = 64 << 20;

/// Memory that a thread keeps after its work: allocators return large blocks to the system, but
/// keep smaller ones for the same thread. 45 to 60 MB per thread were measured; this is more.
const THREAD_OVERHEAD: u64 = 96 << 20;

/// The number of useful threads: a thread that mostly waits for memory still keeps what it once
/// allocated.
fn threads<T>(items: &[(u64, T)], jobs: usize, memory: u64) -> usize {
    let sum: u64 =
        items.iter().map(|(memory_estimate, _)| (*memory_estimate).min(THREAD_OVERHEAD)).sum();
    let mean = sum / items.len().max(1) as u64;
    let free = memory.checked_div(mean).and_then(|free| usize::try_from(free).ok());
    jobs.min(free.unwrap_or(usize::MAX)).max(1)
}

/// Runs `work` on every item with up to `jobs` threads. Each item comes with the bytes that its
/// work needs. Results are passed to `take` in the items' order.
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
    let queue =
        WorkQueue { state: Mutex::new(State::new(items, jobs, memory)), changed: Condvar::new() };
    thread::scope(|scope| {
        // However this closure ends, the workers must not wait for it forever.
        let _guard = StopGuard { queue: &queue };
        for _ in 0..jobs {
            scope.spawn(|| {
                let _guard = PanicGuard { queue: &queue };
                while let Some(queued) = queue.next() {
                    let result = catch_unwind(AssertUnwindSafe(|| work(&queued.item)));
                    queue.finish(queued, result);
                }
            });
        }
        while let Some((item, result)) = queue.take() {
            match result {
                Ok(result) => take(item, result)?,
                Err(panic) => resume_unwind(panic),
            }
        }
        Ok(())
    })
}

/// An item that has not been started.
struct QueuedItem<T> {
    number: usize,
    memory_estimate: u64,
    item: T,
}

/// The result of a worker, or the panic that ended its work.
type WorkerResult<R> = Result<R, Box<dyn Any + Send>>;

/// An item whose work is finished.
struct FinishedItem<T, R> {
    item: T,
    outcome: WorkerResult<R>,
    memory_size: u64,
}

/// The items and results that the threads share.
struct WorkQueue<T, R> {
    state: Mutex<State<T, R>>,
    changed: Condvar,
}

struct State<T, R> {
    /// The items that have not been started, the largest first.
    pending: Vec<QueuedItem<T>>,
    done: BTreeMap<usize, FinishedItem<T, R>>,
    /// The number of items, and the number of results taken.
    count: usize,
    delivered: usize,
    /// The number of busy workers, and the memory that their items need.
    workers: usize,
    memory_in_use: u64,
    /// The memory of the results that wait.
    memory_size: u64,
    jobs: usize,
    memory: u64,
    stopped: bool,
}

impl<T, R> State<T, R> {
    fn new(items: Vec<(u64, T)>, jobs: usize, memory: u64) -> Self {
        let count = items.len();
        let to_queued =
            |(number, (memory_estimate, item))| QueuedItem { number, memory_estimate, item };
        let mut pending: Vec<_> = items.into_iter().enumerate().map(to_queued).collect();
        // The sort is stable: of equal items, the first one comes first.
        pending.sort_by_key(|queued| std::cmp::Reverse(queued.memory_estimate));
        Self {
            pending,
            done: BTreeMap::new(),
            count,
            delivered: 0,
            workers: 0,
            memory_in_use: 0,
            memory_size: 0,
            jobs,
            memory,
            stopped: false,
        }
    }

    /// The index in `pending` of the item to start now, if there is one.
    fn choose(&self) -> Option<usize> {
        let free = self.memory.saturating_sub(self.memory_in_use + self.memory_size);
        let chosen = if self.memory_size < (self.memory / WAITING_DIVISOR).min(MAX_WAITING) {
            self.pending.iter().position(|queued| queued.memory_estimate <= free)
        } else {
            let window_end = self.delivered + self.jobs + 2;
            let mut fitting: Vec<_> = self.pending.iter().enumerate().collect();
            fitting
                .retain(|(_, queued)| queued.number < window_end && queued.memory_estimate <= free);
            fitting.into_iter().min_by_key(|(_, queued)| queued.number).map(|(index, _)| index)
        };
        // An item that exceeds the budget by itself is run alone, when it is the next result.
        let next = || self.pending.iter().position(|queued| queued.number == self.delivered);
        chosen.or_else(|| if self.workers == 0 { next() } else { None })
    }
}

impl<T, R> WorkQueue<T, R> {
    fn lock(&self) -> MutexGuard<'_, State<T, R>> {
        // No foreign code runs under the lock, so a panic cannot leave the state inconsistent.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State<T, R>>) -> MutexGuard<'a, State<T, R>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    /// The next item to start, as soon as there is memory for it.
    fn next(&self) -> Option<QueuedItem<T>> {
        let mut state = self.lock();
        loop {
            if state.stopped || state.pending.is_empty() {
                return None;
            }
            if let Some(index) = state.choose() {
                let queued = state.pending.remove(index);
                state.workers += 1;
                state.memory_in_use += queued.memory_estimate;
                return Some(queued);
            }
            state = self.wait(state);
        }
    }

    fn finish(&self, queued: QueuedItem<T>, outcome: WorkerResult<R>)
    where
        R: MemorySize,
    {
        let QueuedItem { number, memory_estimate, item } = queued;
        let memory_size = outcome.as_ref().map_or(0, MemorySize::memory_size);
        let mut state = self.lock();
        state.workers -= 1;
        state.memory_in_use -= memory_estimate;
        state.memory_size += memory_size;
        state.done.insert(number, FinishedItem { item, outcome, memory_size });
        drop(state);
        self.changed.notify_all();
    }

    /// The next result in order, or `None` when all have been taken.
    fn take(&self) -> Option<(T, WorkerResult<R>)> {
        let mut state = self.lock();
        loop {
            let number = state.delivered;
            if let Some(FinishedItem { item, outcome, memory_size }) = state.done.remove(&number) {
                state.delivered += 1;
                state.memory_size -= memory_size;
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

/// Stops all workers when it is dropped.
struct StopGuard<'a, T, R> {
    queue: &'a WorkQueue<T, R>,
}

impl<T, R> Drop for StopGuard<'_, T, R> {
    fn drop(&mut self) {
        self.queue.stop();
    }
}

/// Stops all workers when its thread panics.
struct PanicGuard<'a, T, R> {
    queue: &'a WorkQueue<T, R>,
}

impl<T, R> Drop for PanicGuard<'_, T, R> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.queue.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    /// A result with this size.
    struct MemoryUse(u64);

    impl MemorySize for MemoryUse {
        fn memory_size(&self) -> u64 {
            self.0
        }
    }

    const PLENTY: u64 = 1 << 40;

    /// Items of sizes in no order.
    fn items(count: u64) -> Vec<(u64, u64)> {
        (0..count).map(|number| (number * 37 % 100, number)).collect()
    }

    #[test]
    fn results_arrive_in_order_with_any_number_of_jobs_and_any_memory() {
        for jobs in [0, 1, 2, 8] {
            for memory in [0, 100, 1000, PLENTY] {
                let mut delivered = Vec::new();
                let work = |number: &u64| {
                    thread::sleep(Duration::from_micros(number * 37 % 500));
                    MemoryUse(*number)
                };
                in_order(items(100), jobs, memory, work, |number, weight| {
                    assert_eq!(weight.0, number);
                    delivered.push(number);
                    Ok::<(), ()>(())
                })
                .unwrap();
                assert_eq!(delivered, (0..100).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn the_largest_come_first() {
        let needs = [3, 1, 4, 1, 5, 9, 2, 6];
        let items = needs.map(|memory_estimate| (memory_estimate, memory_estimate)).to_vec();
        let queue = WorkQueue::<u64, MemoryUse> {
            state: Mutex::new(State::new(items, 2, PLENTY)),
            changed: Condvar::new(),
        };
        let begun: Vec<_> = needs.iter().map_while(|_| queue.next()).map(|o| o.number).collect();
        assert_eq!(begun, [5, 7, 4, 2, 0, 6, 1, 3]);
    }

    #[test]
    fn no_thread_is_there_only_to_wait_for_room() {
        let photos = [(80 << 20, ()); 24];
        assert_eq!([100, 200, 400, 2000].map(|mb| threads(&photos, 8, mb << 20)), [1, 2, 5, 8]);
        assert_eq!(threads::<()>(&[], 8, 0), 8);
        assert_eq!(threads(&photos, 0, 1 << 40), 1);
        // Large blocks go back to the system, so they do not limit the threads.
        let giants = [(2 << 30, ()); 24];
        assert_eq!(threads(&giants, 8, 2 << 30), 8);
    }

    #[test]
    fn no_more_is_begun_than_fits() {
        let (now, most, together) = (AtomicU64::new(0), AtomicU64::new(0), AtomicUsize::new(0));
        let work = |memory_estimate: &u64| {
            let sum = now.fetch_add(*memory_estimate, Ordering::SeqCst) + memory_estimate;
            if sum > *memory_estimate {
                together.fetch_add(1, Ordering::SeqCst);
                most.fetch_max(sum, Ordering::SeqCst);
            }
            thread::sleep(Duration::from_micros(300));
            now.fetch_sub(*memory_estimate, Ordering::SeqCst);
            MemoryUse(0)
        };
        // 150 exceeds the budget, so that item is run alone.
        let needs = (0..60).map(|n| if n % 20 == 7 { 150 } else { 10 + n * 7 % 60 });
        let items = needs.map(|memory_estimate| (memory_estimate, memory_estimate)).collect();
        in_order(items, 4, 100, work, |_, _| Ok::<(), ()>(())).unwrap();
        assert!(most.into_inner() <= 100);
        assert!(together.into_inner() > 10, "small ones share the memory");
    }

    #[test]
    fn what_waits_counts_too() {
        let (delivered, ahead) = (AtomicU64::new(0), AtomicU64::new(0));
        let work = |number: &u64| {
            let before = number.saturating_sub(delivered.load(Ordering::SeqCst));
            ahead.fetch_max(before, Ordering::SeqCst);
            MemoryUse(100)
        };
        // Results may take an eighth of 1000: two of them, and then those that are next.
        let items = (0..200).map(|number| (1, number)).collect();
        in_order(items, 3, 1000, work, |_, _| {
            delivered.fetch_add(1, Ordering::SeqCst);
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
