//! The same spec as the exercise's, run against the solution.
extern crate sol02_04 as hostile_lengths;
#[path = "../../../../exercises/ch02/04-hostile-lengths/tests/spec.rs"]
mod spec;
