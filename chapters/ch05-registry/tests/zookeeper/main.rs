//! The backend against a real ZooKeeper. What all registries have in common is in `conformance.rs`.
#![cfg(all(feature = "zookeeper", unix))]

mod help;
mod sessions;
mod tree;
