//! The same spec as the exercise's, run against the solution.
extern crate sol04_07 as contain_a_panic;
#[path = "../../../../exercises/ch04/07-contain-a-panic/tests/spec.rs"]
mod spec;
