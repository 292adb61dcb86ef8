#!/usr/bin/env bash
# A provider that stands still for longer than its lease, as a follower of the list sees it. Nothing here is timed:
# each step waits for the line that the one before it brings.
tool() { exec cargo run -q -p ch05-registry -- "$@"; }
tell() { read -r line <&5 && echo "follow     $line"; }
trap 'kill -CONT "$provider"; kill "$follow" "$provider" "$registry"' EXIT

exec 3< <(tool registry --listen 127.0.0.1:0)
registry=$!
read -r _ _ _ _ address _ <&3 # registry on ADDRESS · embedded://ADDRESS · …
address="$address?ttl=2000"

exec 4< <(tool provide --registry "$address")
provider=$!
until [ "$line" = listed ]; do read -r line <&4 || exit 1; done

exec 5< <(tool follow --registry "$address")
follow=$!
tell && tell
echo "you        ▶ kill -STOP the provider"
kill -STOP "$provider"
tell
echo "you        ▶ kill -CONT the provider"
kill -CONT "$provider"
tell
