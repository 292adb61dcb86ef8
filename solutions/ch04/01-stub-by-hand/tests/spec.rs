//! The same spec as the exercise's, run against the solution.
extern crate sol04_01 as stub_by_hand;
#[path = "../../../../exercises/ch04/01-stub-by-hand/tests/spec.rs"]
mod spec;
