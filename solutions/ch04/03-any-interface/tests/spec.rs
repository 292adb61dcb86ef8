//! The same spec as the exercise's, run against the solution.
extern crate sol04_03 as any_interface;
#[path = "../../../../exercises/ch04/03-any-interface/tests/spec.rs"]
mod spec;
