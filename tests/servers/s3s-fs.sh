#!/usr/bin/env bash
# s3s-fs over a folder.   tests/servers/s3s-fs.sh ID SECRET; see server.sh
. "$(dirname "$0")/server.sh"
program=${CARGO_TARGET_DIR:-$(dirname "$0")/../../target}/servers/bin/s3s-fs
need "$program"

mkdir "$folder/data"
RUST_LOG=info start s3s-fs "$program" --host 127.0.0.1 --port 0 --domain s3.localhost --access-key "$1" --secret-key "$2" \
    "$folder/data"
running='server is running at http://127.0.0.1:'
wait_for grep --quiet "$running" "$folder/s3s-fs.log"
serve "$(sed --quiet "s|.*$running||p" "$folder/s3s-fs.log")"
