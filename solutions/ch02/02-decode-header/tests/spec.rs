//! The same spec as the exercise's, run against the solution.
extern crate sol02_02 as decode_header;
#[path = "../../../../exercises/ch02/02-decode-header/tests/spec.rs"]
mod spec;
