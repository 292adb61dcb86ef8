//! The same spec as the exercise's, run against the solution.
extern crate sol04_04 as filter_chain;
#[path = "../../../../exercises/ch04/04-filter-chain/tests/spec.rs"]
mod spec;
