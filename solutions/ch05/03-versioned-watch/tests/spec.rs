//! The same spec as the exercise's, run against the solution.
extern crate sol05_03 as versioned_watch;
#[path = "../../../../exercises/ch05/03-versioned-watch/tests/spec.rs"]
mod spec;
