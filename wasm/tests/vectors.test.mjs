// What the package signs equals what the vendors' own SDKs sign: in Node, by every entry.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { SCHEMES, compare } from './compare.mjs';

const providers = ['cos', 'kodo', 'ks3', 'oss', 's3'];
const all = await import('countersign');
const entries = Object.fromEntries(await Promise.all(providers.map(async (name) => [name, await import(`countersign/${name}`)])));
const uploads = Object.fromEntries(await Promise.all(providers.map(async (name) => [name, await import(`countersign/${name}/upload`)])));
await Promise.all([all, ...Object.values(entries), ...Object.values(uploads)].map(({ init }) => init()));

for (const scheme of SCHEMES) {
  test(`${scheme.scheme} signs as the official SDKs do`, () => {
    const { provider } = scheme;
    const vectors = JSON.parse(readFileSync(new URL(`../../tests/vectors/${provider}.json`, import.meta.url), 'utf8'));
    const signers = [all[provider], entries[provider], ...(scheme.upload ? [uploads[provider]] : [])];
    const { compared, left, failures } = compare(scheme, signers, vectors);
    assert.deepEqual(failures, []);
    assert.deepEqual([compared, left.length], [scheme.compared, scheme.left], left.join('; '));
  });
}
