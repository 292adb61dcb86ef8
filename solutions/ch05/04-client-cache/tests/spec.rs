//! The same spec as the exercise's, run against the solution.
extern crate sol05_04 as client_cache;
#[path = "../../../../exercises/ch05/04-client-cache/tests/spec.rs"]
mod spec;
