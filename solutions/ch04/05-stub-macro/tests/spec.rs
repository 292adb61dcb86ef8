//! The same spec as the exercise's, run against the solution.
extern crate sol04_05 as stub_macro;
#[path = "../../../../exercises/ch04/05-stub-macro/tests/spec.rs"]
mod spec;
