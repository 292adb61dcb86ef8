//! The same spec as the exercise's, run against the solution.
extern crate sol01_02 as first_call;
#[path = "../../../../exercises/ch01/02-first-call/tests/spec.rs"]
mod spec;
