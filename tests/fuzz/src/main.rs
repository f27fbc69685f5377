//! Calls recto with bytes from libFuzzer. `RECTO_FUZZ` names the target; `tests/fuzz/run` sets it.

#![no_main]

mod targets;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<targets::Target> = LazyLock::new(|| {
    let name = std::env::var("RECTO_FUZZ").unwrap_or_default();
    targets::find(&name).unwrap_or_else(|| {
        let names = targets::TARGETS.map(|(name, _)| name).join(", ");
        panic!("RECTO_FUZZ is {name:?}, not one of {names}")
    })
});

fuzz_target!(|bytes: &[u8]| TARGET(bytes));
