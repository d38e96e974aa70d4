#!/usr/bin/env bash
# Builds the npm package and tests it as it is installed: in Node, behind bundlers, in Chromium, in workerd.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"

if [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
    sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -qq -y --no-install-recommends chromium >/dev/null
fi

./build.sh
ln -sfn ../pkg node_modules/countersign

node_modules/.bin/tsc --project tests/types
node --test --test-reporter=spec tests/*.test.mjs
