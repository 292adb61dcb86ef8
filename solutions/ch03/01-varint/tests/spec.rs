//! The same spec as the exercise's, run against the solution.
extern crate sol03_01 as varint;
#[path = "../../../../exercises/ch03/01-varint/tests/spec.rs"]
mod spec;
