//! Internal errors: a panic becomes a finding.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Arc, Mutex, PoisonError};

use crate::finding::{Code, Finding};

use super::environment;

/// Runs the work. A panic in it, or in a thread that it starts, is returned as a finding.
pub(super) fn catch_panic<T>(work: impl FnOnce() -> T) -> Result<T, Finding> {
    let first: Arc<Mutex<Option<String>>> = Arc::default();
    let default_hook = panic::take_hook();
    let wants_trace = environment::wants_backtrace();
    panic::set_hook({
        let first = Arc::clone(&first);
        Box::new(move |panic| {
            // A panic in a worker makes the thread that waits for it panic too; only the first
            // message names the cause.
            first.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(describe(panic));
            if wants_trace {
                default_hook(panic);
            }
        })
    });
    // Nothing that the work left half done is used again, except the report, whose findings are
    // only ever appended.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    let _ = panic::take_hook();
    result.map_err(|_| {
        let message = first.lock().unwrap_or_else(PoisonError::into_inner).take();
        finding(&message.unwrap_or_else(|| "a panic".to_owned()))
    })
}

fn describe(panic: &PanicHookInfo<'_>) -> String {
    let message = panic.payload_as_str().unwrap_or("a panic");
    match panic.location() {
        Some(location) => format!("{message} ({}:{})", location.file(), location.line()),
        None => message.to_owned(),
    }
}

fn finding(message: &str) -> Finding {
    let (version, system, machine) =
        (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    Finding::new(Code::Internal, format!("internal error: {message}")).help(format!(
        "please report this message and the manifest; this is recto {version} on {system} {machine}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    // One test, since a process has one panic hook.
    #[test]
    fn a_panic_becomes_a_finding_and_nothing_else_does() {
        assert_eq!(catch_panic(|| 7), Ok(7));
        let finding = catch_panic(|| {
            std::thread::scope(|scope| {
                let _ = scope.spawn(|| panic!("the {} is upside down", "page")).join();
            });
            panic!("so nothing can be printed");
        })
        .map(|()| unreachable!())
        .expect_err("the panic");
        assert_eq!(finding.code, Code::Internal);
        assert!(finding.message.contains("the page is upside down (src"), "{}", finding.message);
    }
}
