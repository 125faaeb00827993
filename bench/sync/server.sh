#!/bin/sh
# A Countersign server for countersign.mjs: a project with 10,000 items that wait, a reviewer who is signed in.
# usage: server.sh PORT DIR SYNC    (SYNC: full; there is nothing less)   needs COUNTERSIGN, the program
# Prints READY when it serves; then this process is the server.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
port=$1 dir=$2
export COUNTERSIGN_DATA="$dir/data"
if [ ! -d "$dir/data" ]; then
    node "$here/predictions.mjs" 10000 >"$dir/predictions.jsonl"
    "$COUNTERSIGN" project create bench --policy "$here/policy.json" >&2
    "$COUNTERSIGN" import bench "$dir/predictions.jsonl" >&2
    echo "long enough" | "$COUNTERSIGN" account add cleo --role reviewer >&2
    "$COUNTERSIGN" serve --print-limits | sed -E 's/"count": *[0-9]+/"count": 0/' >"$dir/limits.json"
fi
node "$here/sign_in.mjs" "$port" "$dir" &
exec "$COUNTERSIGN" serve --port "$port" --limits "$dir/limits.json" >&2
