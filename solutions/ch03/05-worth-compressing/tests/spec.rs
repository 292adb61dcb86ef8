//! The same spec as the exercise's, run against the solution.
extern crate sol03_05 as worth_compressing;
#[path = "../../../../exercises/ch03/05-worth-compressing/tests/spec.rs"]
mod spec;
