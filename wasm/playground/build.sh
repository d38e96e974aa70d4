#!/usr/bin/env bash
# Puts the playground together in wasm/playground/dist: one folder for any static host, in any place. It needs the npm
# package, and builds it unless it is there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
for entry in explain index; do
    [ -f "$here/../pkg/dist/$entry.js" ] || { "$here/../build.sh" sign explain; break; }
done
exec node "$here/build.mjs"
