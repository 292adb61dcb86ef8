//! The same spec as the exercise's, run against the solution.
extern crate sol01_06 as epoll_server;
#[path = "../../../../exercises/ch01/06-epoll-server/tests/spec.rs"]
mod spec;
