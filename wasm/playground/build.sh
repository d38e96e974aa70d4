#!/usr/bin/env bash
# Puts the playground together in wasm/playground/dist: one folder for any static host, in any place. It needs the npm
# package, and builds it unless it is there and newer than what it is made of.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# One that is older than a source is another package.
root=$here/../..
for entry in explain index; do
    built=$here/../pkg/dist/$entry.js
    if [ ! -f "$built" ] || [ -n "$(find "$root/crates" "$root/wasm/src" "$root/wasm/npm" "$root/Cargo.lock" -type f -newer "$built" -print -quit)" ]; then
        "$here/../build.sh" sign explain
        break
    fi
done
exec node "$here/build.mjs"
