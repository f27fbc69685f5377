//! Calls recto with bytes from libFuzzer. `RECTO_FUZZ` names the target; with `RECTO_FUZZ_SEEDS`,
//! the inputs to begin with are written to that folder instead. `tests/fuzz/run` sets them.

#![no_main]

mod seeds;
mod targets;

use std::path::Path;
use std::process::exit;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<targets::Target> = LazyLock::new(|| {
    let name = std::env::var("RECTO_FUZZ").unwrap_or_default();
    let found = targets::TARGETS.iter().find(|(listed, _)| *listed == name);
    found.map(|(_, target)| *target).unwrap_or_else(|| panic!("RECTO_FUZZ={name} is no target"))
});

fuzz_target!(
    init: {
        if let Some(folder) = std::env::var_os("RECTO_FUZZ_SEEDS") {
            seeds::write(Path::new(&folder)).expect("the seeds");
            exit(0);
        }
    },
    |bytes: &[u8]| TARGET(bytes)
);
