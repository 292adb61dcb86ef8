//! The quiz programs are examples of this package; see `Cargo.toml`. There is nothing else here.
#![forbid(unsafe_code)]
