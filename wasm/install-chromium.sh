#!/usr/bin/env bash
# Installs the browser that tests of pages run in, the packages that are named, and with `--fonts` letters for Chinese, unless they
# are there. Takes Debian, with root or sudo.
#
#   wasm/install-chromium.sh [--fonts] [PACKAGE ...]
set -euo pipefail

packages=()
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || packages+=(chromium)
if [ "${1-}" = --fonts ]; then
    shift
    fc-list :lang=zh 2>/dev/null | grep -q . || packages+=(fonts-noto-cjk)
fi
packages+=("$@")
[ ${#packages[@]} -gt 0 ] || exit 0
sudo=()
((EUID == 0)) || sudo=(sudo)
"${sudo[@]}" apt-get update --quiet=2
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends "${packages[@]}" >/dev/null
