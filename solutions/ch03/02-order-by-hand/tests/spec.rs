//! The same spec as the exercise's, run against the solution.
extern crate sol03_02 as order_by_hand;
#[path = "../../../../exercises/ch03/02-order-by-hand/tests/spec.rs"]
mod spec;
