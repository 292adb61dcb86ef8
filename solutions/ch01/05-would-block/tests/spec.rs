//! The same spec as the exercise's, run against the solution.
extern crate sol01_05 as would_block;
#[path = "../../../../exercises/ch01/05-would-block/tests/spec.rs"]
mod spec;
