//! The same spec as the exercise's, run against the solution.
extern crate sol05_05 as provider_url;
#[path = "../../../../exercises/ch05/05-provider-url/tests/spec.rs"]
mod spec;
