//! Whatever a file holds, reading it as a definition ends soon, with an instrument or with diagnostics, and never in a panic.
#![no_main]

use std::time::{Duration, Instant};

use geras::Instrument;
use libfuzzer_sys::fuzz_target;

/// Far more than any definition takes, even in a slow build.
const MOST: Duration = Duration::from_secs(20);

fuzz_target!(|text: &str| {
    let start = Instant::now();
    match Instrument::read("fuzzed.yaml", text) {
        Ok(instrument) => {
            let blank = instrument.answers().check().expect("a blank sheet always fits");
            let outcome = instrument.assess(&blank);
            let _ = (outcome.explanation(), outcome.waiting_on());
        }
        Err(diagnostics) => assert!(!diagnostics.is_empty(), "a refusal says why"),
    }
    assert!(start.elapsed() < MOST, "it took {:?}", start.elapsed());
});
