//! The same spec as the exercise's, run against the solution.
extern crate sol04_02 as dispatcher_table;
#[path = "../../../../exercises/ch04/02-dispatcher/tests/spec.rs"]
mod spec;
