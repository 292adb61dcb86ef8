//! The same spec as the exercise's, run against the solution.
extern crate sol05_02 as register_guard;
#[path = "../../../../exercises/ch05/02-register-guard/tests/spec.rs"]
mod spec;
