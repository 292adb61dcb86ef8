//! The same spec as the exercise's, run against the solution.
extern crate sol04_06 as generic_call;
#[path = "../../../../exercises/ch04/06-generic-call/tests/spec.rs"]
mod spec;
