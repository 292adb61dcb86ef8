//! What `#[service]` reads, writes and refuses, over tokens alone.

mod types;
