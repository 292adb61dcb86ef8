//! Any bytes, in any pieces, under two sets of limits.
#![no_main]

#[allow(dead_code)] // what the hostile tests count with
#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use ch02_protocol::dissect::Dissection;
use ch02_protocol::{FrameLimits, dissect};
use libfuzzer_sys::fuzz_target;

/// Limits that a short input reaches.
const TIGHT: FrameLimits = FrameLimits { max_header: 64, max_body: 300 };

#[derive(Debug, arbitrary::Arbitrary)]
struct Input<'a> {
    tight: bool,
    sizes: [u16; 4],
    // Last, so that the rest of the fuzzer's bytes are the stream as it is.
    stream: &'a [u8],
}

fuzz_target!(|input: Input<'_>| {
    let limits = if input.tight { TIGHT } else { FrameLimits::default() };
    let outcome = invariants::check(input.stream, &input.sizes, limits);
    if !input.tight {
        let sound = Dissection::of(input.stream).is_sound();
        assert!(!sound || outcome.error.is_none(), "no fault in\n{}", dissect(input.stream));
    }
});
