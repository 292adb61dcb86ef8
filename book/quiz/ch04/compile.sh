#!/usr/bin/env bash
# Lets rustc compile one file against ch04-proxy, and keeps nothing of it: for files that must not compile.
cargo build -q -p ch04-proxy || exit
built=${CARGO_TARGET_DIR:-target}/debug
rustc --edition 2024 --crate-type lib --emit metadata -o /dev/null \
    --extern "ch04_proxy=$built/libch04_proxy.rlib" -L "dependency=$built/deps" "$@"
