#!/usr/bin/env bash
# Builds the npm package and tests it as it is installed: in Node, behind bundlers, in Chromium, in workerd.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"

./install-chromium.sh

./build.sh
ln -sfn ../pkg node_modules/countersign

for libraries in tests/types/tsconfig{,.dom,.node}.json; do node_modules/.bin/tsc --project "$libraries"; done
node --test --test-reporter=spec tests/*.test.mjs
