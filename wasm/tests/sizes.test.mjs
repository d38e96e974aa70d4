// What a page downloads, in bytes: WebAssembly and JavaScript, minified and compressed with gzip.
//
// `limit` is what is reached, with a little room: it may be lowered, never raised without a word. `target` is what the
// package is to reach.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const sizes = JSON.parse(readFileSync(new URL('sizes.json', import.meta.url), 'utf8'));
const dist = new URL('../pkg/dist/', import.meta.url);
const gzipped = (name) => gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length;

for (const [entry, { module, wasm, limit, target }] of Object.entries(sizes)) {
  test(`${entry} is no larger than ${limit} bytes`, (context) => {
    const parts = [gzipped(`${module}.js`), gzipped(`${wasm}.wasm`)];
    const size = parts[0] + parts[1];
    context.diagnostic(`${entry}: ${size} bytes (JavaScript ${parts[0]}, WebAssembly ${parts[1]}), ${target === null ? 'without a target' : `target ${target}${size > target ? ', not reached' : ''}`}`);
    assert.ok(size <= limit, `${size} bytes`);
    // A limit far above the size would let it grow unseen.
    assert.ok(limit - size <= Math.max(500, size / 20), `the limit can be lowered to ${size}`);
  });
}
