//! The same spec as the exercise's, run against the solution.
extern crate sol03_08 as back_references;
#[path = "../../../../exercises/ch03/08-back-references/tests/spec.rs"]
mod spec;
