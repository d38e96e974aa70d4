#!/usr/bin/env bash
# Builds the npm package into wasm/pkg. On a fresh machine it needs rustup (or the target and the source of the
# standard library), node and npm, and gets the rest from the registries of crates and npm.
#
#   wasm/build.sh              everything
#   wasm/build.sh kodo s3      these files of WebAssembly alone, for trying something out
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
target=${CARGO_TARGET_DIR:-$root/target}
cd "$root"

rustup target list --installed | grep -qx wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
rustup component list --installed | grep -q '^rust-src' || rustup component add rust-src
# What is installed need not be asked for.
[ "$here/node_modules/.package-lock.json" -nt "$here/package-lock.json" ] || (cd "$here" && npm ci --no-audit --no-fund)

# The name and the features of each file. Uploads alone are small; requests and signed URLs are the rest of signing.
declare -A features=(
    [sign]=compact,cos,kodo,ks3,oss,s3,requests
    [sign-upload]=compact,cos,kodo,ks3,oss,s3
    [explain]=compact,explain
)
for provider in cos kodo ks3 oss s3; do
    features[$provider]=compact,$provider,requests
    features[$provider-upload]=compact,$provider
done
names=("$@")
[ ${#names[@]} -gt 0 ] || names=(sign{,-upload} explain {cos,kodo,ks3,oss,s3}{,-upload})

mkdir -p "$here/build"
cargo build --quiet --locked --manifest-path "$here/bindgen/Cargo.toml" --target-dir "$target/bindgen"
cargo run --quiet --locked --package countersign --example chinese > "$here/build/zh.json"

# The standard library is built along, so that it aborts at once instead of telling nobody about a panic: that
# takes a switch that the stable compiler has locked. It is the compiler and the library of this toolchain all the same.
export RUSTC_BOOTSTRAP=1
flags='-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none'
# What is copied or cleared is one instruction for memory, not a load and a store for each word of it; addresses in loops are
# counted from where they are, and nothing is loaded earlier than it is needed: each makes files smaller.
for flag in max-store-{memcpy,memmove,memset}=1 disable-lsr enable-load-pre=false; do flags+=" -Cllvm-args=-$flag"; done
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--cfg sha2_backend_soft=\"compact\" $flags"

# What counts is the size after gzip. A value that is kept for a second use takes fewer bytes than to compute it again, but gzip has
# seen the computation before; nor are zeros between data anything to it. How memory is aligned is a mere hint, and left out.
# The stack lies below all else, and its end is not reached.
passes=(--low-memory-unused --skip-pass=local-cse --skip-pass=memory-packing)
last=(--generate-stack-ir --optimize-stack-ir --dealign --reorder-functions-by-name --strip-{debug,producers,target-features})
enabled=(--enable-{bulk-memory,bulk-memory-opt,nontrapping-float-to-int,sign-ext,mutable-globals,reference-types,multivalue})
for name in "${names[@]}"; do
    echo "== $name"
    cargo build --quiet --locked --profile wasm --package countersign-wasm --target wasm32-unknown-unknown --target-dir "$target/wasm" \
        --no-default-features --features "${features[$name]}" -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size
    "$target/bindgen/debug/countersign-bindgen" "$target/wasm/wasm32-unknown-unknown/wasm/countersign_wasm.wasm" "$here/build/$name" "$name"
    whole=$here/build/$name/${name}_bg.wasm
    ways=('--flatten --rereloop -Oz -Oz')
    if [ "$name" != explain ]; then
        # Signing passes numbers alone: what wasm-bindgen has for other values is left out.
        node "$here/npm/exported.js" "$whole" >"$here/build/$name/exported.json"
        "$here/node_modules/.bin/wasm-metadce" "${enabled[@]}" --debuginfo --graph-file "$here/build/$name/exported.json" "$whole" -o "$here/build/$name/trimmed.wasm" >/dev/null
        whole=$here/build/$name/trimmed.wasm
        # Which is smaller differs from file to file.
        ways+=('--dae-optimizing --inlining-optimizing -Os' '-Os -Os')
    fi
    least=
    for way in "${ways[@]}"; do
        # shellcheck disable=SC2086 # a way is several words
        "$here/node_modules/.bin/wasm-opt" "${enabled[@]}" "${passes[@]}" $way --reorder-functions --debuginfo "$whole" -o "$here/build/$name/way.wasm"
        # A number below 128 is one byte in a call: what is called most has them, or whatever comes first by its likeness.
        for first in 0 127; do
            node "$here/npm/alike.js" "$here/build/$name/way.wasm" "$here/build/$name/named.wasm" "$first"
            "$here/node_modules/.bin/wasm-opt" "${enabled[@]}" "${last[@]}" "$here/build/$name/named.wasm" -o "$here/build/$name/ordered.wasm"
            size=$(gzip -9c "$here/build/$name/ordered.wasm" | wc -c)
            if [ -z "$least" ] || [ "$size" -lt "$least" ]; then
                least=$size
                mv "$here/build/$name/ordered.wasm" "$here/build/$name.wasm"
            fi
        done
    done
done
node "$here/npm/bundle.js"
