//! The same spec as the exercise's, run against the solution.
#![cfg(target_os = "linux")]
extern crate sol01_06 as epoll_server;
#[path = "../../../../exercises/ch01/06-epoll-server/tests/spec.rs"]
mod spec;
