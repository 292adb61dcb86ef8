//! The same spec as the exercise's, run against the solution.
extern crate sol03_03 as codec_table;
#[path = "../../../../exercises/ch03/03-codec-table/tests/spec.rs"]
mod spec;
