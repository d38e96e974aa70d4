#!/usr/bin/env bash
# Tests the upload page in Chromium: against Ceph radosgw, and against stand-ins for the other vendors. On a fresh machine it
# needs cargo, node, npm and python3, and gets the rest from the registries of Debian (with root or sudo), npm and crates.
# Pictures of the page are left in target/upload-page.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

servers=()
type radosgw ceph-mon ceph-osd >/dev/null 2>&1 || servers=(radosgw ceph-mon ceph-osd)
"$root/wasm/install-chromium.sh" --fonts "${servers[@]}"

# The page explains with the package, as built here.
[ -f "$root/wasm/pkg/dist/explain.js" ] || "$root/wasm/build.sh" explain
cd "$root/wasm"
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --silent
# With the features of the whole workspace it is the one that the other tests have built.
cargo build --quiet --locked --workspace --bin countersign

# One file after another: each has a browser and servers of its own.
exec node --test --test-concurrency=1 --test-reporter=spec upload/test/*.test.js
