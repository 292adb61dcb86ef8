//! The same spec as the exercise's, run against the solution.
extern crate sol02_07 as dubbo_header;
#[path = "../../../../exercises/ch02/07-dubbo-header/tests/spec.rs"]
mod spec;
