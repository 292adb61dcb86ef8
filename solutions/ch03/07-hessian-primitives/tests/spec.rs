//! The same spec as the exercise's, run against the solution.
extern crate sol03_07 as hessian_primitives;
#[path = "../../../../exercises/ch03/07-hessian-primitives/tests/spec.rs"]
mod spec;
