//! The same spec as the exercise's, run against the solution.
extern crate sol05_01 as lease_table;
#[path = "../../../../exercises/ch05/01-lease-table/tests/spec.rs"]
mod spec;
