#!/usr/bin/env bash
# Installs the servers that tests/servers starts, unless they are there: Ceph radosgw from Debian, s3s-fs from the
# crate registry into the target folder. Debian's packages need root, or sudo.
set -euo pipefail
cd "$(dirname "$0")/../.."

s3s_fs=0.14.1

type radosgw ceph-mon ceph-osd >/dev/null 2>&1 || tests/debian radosgw ceph-mon ceph-osd

folder=${CARGO_TARGET_DIR:-target}/servers
if [[ $("$folder/bin/s3s-fs" --version 2>/dev/null) != "s3s-fs $s3s_fs" ]]; then
    # Built to be there soon, not to be fast.
    export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
    cargo install s3s-fs --version "$s3s_fs" --locked --features binary --root "$folder" --target-dir "$folder/build"
    rm -rf "$folder/build"
fi
