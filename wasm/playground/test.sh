#!/usr/bin/env bash
# Tests the playground in Chromium, as it lies on a static host and as `countersign serve` brings it up. On a fresh machine it needs
# cargo, node and npm, and gets the rest from the registries of Debian (with root or sudo), npm and crates. Pictures of the page are
# left in target/playground.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

"$root/wasm/install-chromium.sh" --fonts

cd "$root/wasm"
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --silent
playground/build.sh
# With the features of the whole workspace it is the one that the other tests have built.
cargo build --quiet --locked --workspace --bin countersign

# One file after another: each has a browser of its own.
exec node --test --test-concurrency=1 --test-reporter=spec playground/test/*.test.js
