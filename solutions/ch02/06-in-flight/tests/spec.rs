//! The same spec as the exercise's, run against the solution.
extern crate sol02_06 as in_flight;
#[path = "../../../../exercises/ch02/06-in-flight/tests/spec.rs"]
mod spec;
