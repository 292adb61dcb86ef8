//! The same spec as the exercise's, run against the solution.
extern crate sol01_01 as read_exactly;
#[path = "../../../../exercises/ch01/01-read-exactly/tests/spec.rs"]
mod spec;
