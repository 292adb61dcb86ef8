//! The same spec as the exercise's, run against the solution.
extern crate sol02_01 as encode_header;
#[path = "../../../../exercises/ch02/01-encode-header/tests/spec.rs"]
mod spec;
