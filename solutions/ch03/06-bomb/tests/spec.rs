//! The same spec as the exercise's, run against the solution.
extern crate sol03_06 as bomb;
#[path = "../../../../exercises/ch03/06-bomb/tests/spec.rs"]
mod spec;
