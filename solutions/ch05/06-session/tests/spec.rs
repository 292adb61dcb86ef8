//! The same spec as the exercise's, run against the solution.
extern crate sol05_06 as session;
#[path = "../../../../exercises/ch05/06-session/tests/spec.rs"]
mod spec;
