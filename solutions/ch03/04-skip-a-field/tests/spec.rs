//! The same spec as the exercise's, run against the solution.
extern crate sol03_04 as skip_a_field;
#[path = "../../../../exercises/ch03/04-skip-a-field/tests/spec.rs"]
mod spec;
