//! Calls recto with bytes from libFuzzer. `RECTO_FUZZ` names the target; with `RECTO_FUZZ_SEEDS`,
//! the inputs to begin with are written to that folder instead. `tests/fuzz/run` sets them.

#![no_main]

mod seeds;
mod targets;

use std::backtrace::Backtrace;
use std::panic::PanicHookInfo;
use std::path::Path;
use std::process::{abort, exit};
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<targets::Target> = LazyLock::new(|| {
    let name = std::env::var("RECTO_FUZZ").unwrap_or_default();
    let found = targets::TARGETS.iter().find(|(listed, _)| *listed == name);
    found.map(|(_, target)| *target).unwrap_or_else(|| panic!("RECTO_FUZZ={name} is no target"))
});

/// Ends the process after a panic, as libFuzzer's own hook does; but not after one in a dependency,
/// such as a decoder, since recto turns it into a finding. If it does not, libFuzzer ends the process.
fn report_panic(panic: &PanicHookInfo<'_>) {
    eprintln!("{panic}");
    let is_in_dependency =
        panic.location().is_some_and(|place| place.file().contains("/registry/src/"));
    if !is_in_dependency {
        eprintln!("{}", Backtrace::force_capture());
        abort();
    }
}

fuzz_target!(
    init: {
        std::panic::set_hook(Box::new(report_panic));
        if let Some(folder) = std::env::var_os("RECTO_FUZZ_SEEDS") {
            seeds::write(Path::new(&folder)).expect("the seeds");
            exit(0);
        }
    },
    |bytes: &[u8]| TARGET(bytes)
);
