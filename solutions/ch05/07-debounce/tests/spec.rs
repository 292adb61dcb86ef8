//! The same spec as the exercise's, run against the solution.
extern crate sol05_07 as debounce;
#[path = "../../../../exercises/ch05/07-debounce/tests/spec.rs"]
mod spec;
