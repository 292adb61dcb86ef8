#!/usr/bin/env bash
# Starts the server of chapter 4 on a free port, calls it with `call` and the arguments given here, and stops it.
exec 3< <(exec cargo run -q -p ch04-proxy -- serve --listen 127.0.0.1:0 2>/dev/null)
server=$!
read -r _ _ address _ <&3 # listening on ADDRESS; …
cargo run -q -p ch04-proxy --bin call -- "${address%;}" "$@"
code=$?
kill "$server"
exit "$code"
