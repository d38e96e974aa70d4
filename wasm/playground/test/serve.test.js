// `countersign serve` brings the page up with one command, with its policy in the header.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { EXAMPLES } from '../examples.js';
import { CLI, ROOT, browser, explained, opened } from './harness.js';

let chrome, served, url;

before(async () => {
  chrome = await browser();
  served = spawn(CLI, ['serve', '--package', join(ROOT, 'wasm/pkg'), '--listen', '127.0.0.1:0', '--format', 'json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: served.stdout }).once('line', resolve);
    served.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
  });
  ({ url } = JSON.parse(line));
});

after(async () => {
  await chrome?.close();
  served?.kill();
});

test('the page works as it is served, under the policy of the header', async () => {
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/playground\/$/);
  const page = await opened(await chrome.newContext({ locale: 'en-US' }), url);
  await explained(page, { input: EXAMPLES[0].input });
  assert.equal(await page.locator('.verdict .finding').getAttribute('data-code'), 'content-type-added-by-client');
  assert.deepEqual(page.faults, []);
  assert.ok(page.asked.every((asked) => asked.replace(/^blob:/, '').startsWith(new URL(url).origin)), page.asked.join());
  for (const path of ['', 'worker.js']) {
    const answer = await fetch(new URL(path, url));
    assert.match(answer.headers.get('content-security-policy'), /^default-src 'none'.*connect-src 'self';.*require-trusted-types-for 'script'; trusted-types countersign-scripts; frame-ancestors 'none'$/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  }
  const root = await fetch(new URL('/', url), { redirect: 'manual' });
  assert.equal(root.headers.get('location'), '/playground/');
  assert.equal((await fetch(new URL('/nothing', url))).status, 404);
});
