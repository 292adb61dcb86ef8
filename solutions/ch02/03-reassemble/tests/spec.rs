//! The same spec as the exercise's, run against the solution.
extern crate sol02_03 as reassemble;
#[path = "../../../../exercises/ch02/03-reassemble/tests/spec.rs"]
mod spec;
