//! The same spec as the exercise's, run against the solution.
extern crate sol02_05 as extensions;
#[path = "../../../../exercises/ch02/05-extensions/tests/spec.rs"]
mod spec;
