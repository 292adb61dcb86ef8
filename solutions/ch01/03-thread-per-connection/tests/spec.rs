//! The same spec as the exercise's, run against the solution.
extern crate sol01_03 as thread_per_connection;
#[path = "../../../../exercises/ch01/03-thread-per-connection/tests/spec.rs"]
mod spec;
