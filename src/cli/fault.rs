//! Our own faults: a panic becomes a finding.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Arc, Mutex, PoisonError};

use crate::finding::{Code, Finding};

use super::environment;

/// Runs the work; a panic in it, or in a thread of its own, comes back as a finding.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Finding> {
    let first: Arc<Mutex<Option<String>>> = Arc::default();
    let usual = panic::take_hook();
    let wants_trace = environment::wants_backtrace();
    panic::set_hook({
        let first = Arc::clone(&first);
        Box::new(move |panic| {
            // A worker's panic makes the thread that waits for it panic, too; the first is
            // the one that says something.
            first.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(described(panic));
            if wants_trace {
                usual(panic);
            }
        })
    });
    // Whatever the work left half done is not looked at again, except for the report, whose
    // findings are only ever appended.
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    let _ = panic::take_hook();
    done.map_err(|_| {
        let words = first.lock().unwrap_or_else(PoisonError::into_inner).take();
        finding(&words.unwrap_or_else(|| "a panic".to_owned()))
    })
}

fn described(panic: &PanicHookInfo<'_>) -> String {
    let words = panic.payload_as_str().unwrap_or("a panic");
    match panic.location() {
        Some(place) => format!("{words} ({}:{})", place.file(), place.line()),
        None => words.to_owned(),
    }
}

fn finding(words: &str) -> Finding {
    let (version, system, machine) =
        (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    Finding::new(Code::Internal, format!("recto has a fault of its own: {words}")).help(format!(
        "please report this line and the manifest; this is recto {version} on {system} {machine}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    // One test, since a process has one panic hook.
    #[test]
    fn a_panic_becomes_a_finding_and_nothing_else_does() {
        assert_eq!(caught(|| 7), Ok(7));
        let fault = caught(|| {
            std::thread::scope(|scope| {
                let _ = scope.spawn(|| panic!("the {} is upside down", "page")).join();
            });
            panic!("so nothing can be printed");
        })
        .map(|()| unreachable!())
        .expect_err("the panic");
        assert_eq!(fault.code, Code::Internal);
        assert!(fault.message.contains("the page is upside down (src"), "{}", fault.message);
    }
}
