//! Limits the photos that are processed at the same time when they are asked for one by one.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Admits work while its number and its memory are within the limits.
#[derive(Debug)]
pub(super) struct Gate {
    jobs: usize,
    memory: u64,
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct GateState {
    working: usize,
    memory_in_use: u64,
}

impl Gate {
    pub(super) fn new(jobs: usize, memory: u64) -> Self {
        Self { jobs: jobs.max(1), memory, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Runs `work` as soon as there is room for it. Work that exceeds the memory by itself is run
    /// alone.
    pub(super) fn run<R>(&self, memory_estimate: u64, work: impl FnOnce() -> R) -> R {
        let mut state = self.lock();
        while state.working > 0
            && (state.working >= self.jobs || state.memory_in_use + memory_estimate > self.memory)
        {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.working += 1;
        state.memory_in_use += memory_estimate;
        drop(state);
        let _admission = Admission { gate: self, memory_estimate };
        work()
    }

    fn lock(&self) -> MutexGuard<'_, GateState> {
        // No foreign code runs under the lock, so a panic cannot leave the state inconsistent.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes room when the work is done, even if it panics.
struct Admission<'a> {
    gate: &'a Gate,
    memory_estimate: u64,
}

impl Drop for Admission<'_> {
    fn drop(&mut self) {
        let mut state = self.gate.lock();
        state.working -= 1;
        state.memory_in_use -= self.memory_estimate;
        drop(state);
        self.gate.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn work_stays_within_the_memory_and_large_work_runs_alone() {
        let gate = Gate::new(4, 100);
        let (together, most) = (AtomicU64::new(0), AtomicU64::new(0));
        thread::scope(|scope| {
            for size in [40, 40, 40, 150, 40, 40, 150, 40] {
                let (gate, together, most) = (&gate, &together, &most);
                scope.spawn(move || {
                    gate.run(size, || {
                        let all = together.fetch_add(size, Ordering::SeqCst) + size;
                        most.fetch_max(all, Ordering::SeqCst);
                        thread::sleep(Duration::from_millis(2));
                        together.fetch_sub(size, Ordering::SeqCst);
                    });
                });
            }
        });
        assert_eq!((together.into_inner(), most.into_inner()), (0, 150));
    }
}
