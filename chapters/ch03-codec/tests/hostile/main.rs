//! Bodies that nobody would send who means well. [S-11]
//!
//! `CASES=10000000 cargo test --release -p ch03-codec --test hostile -- --nocapture` tries that many byte
//! strings. Without `CASES` it is a number that takes seconds. Every case has its own seed, so a failure names
//! a case that `CASE=…` repeats alone.

#[path = "../common/mod.rs"]
mod common;

mod announced;
mod bombs;
mod buffered;
mod bytes;
mod deep;
mod laughs;
mod limits;
mod memory;
mod targets;
