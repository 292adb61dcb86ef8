//! The same spec as the exercise's, run against the solution.
extern crate sol01_04 as worker_pool;
#[path = "../../../../exercises/ch01/04-worker-pool/tests/spec.rs"]
mod spec;
