// Builds the page with esbuild, runs it in Chromium, and prints a table. `npm ci` in this folder first.

import { build } from 'esbuild';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browser, result, serve } from '../tests/support.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const pkg = join(here, '../pkg');
const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
const entry = (name) => join(pkg, `dist/${name}.js`);
await build({
  entryPoints: [join(here, 'page.mjs')],
  bundle: true,
  format: 'esm',
  platform: 'browser',
  mainFields: ['browser', 'module', 'main'],
  outfile: join(folder, 'page.js'),
  alias: { countersign: entry('index'), 'countersign/kodo': entry('kodo') },
  logLevel: 'error',
});
for (const name of ['sign', 'kodo']) cpSync(join(pkg, `dist/${name}.wasm`), join(folder, `${name}.wasm`));
writeFileSync(join(folder, 'index.html'), '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="page.js"></script>');

const server = await serve({ '/': folder }, { isolated: true });
const chrome = await browser();
try {
  const { value } = await result(chrome, `${server.origin}/index.html`);
  if (value.failed) throw new Error(value.failed);
  console.log('| operation | signer | microseconds | ratio |\n| --- | --- | --: | --: |');
  for (const [operation, times] of Object.entries(value)) {
    const [first] = Object.values(times);
    for (const [name, time] of Object.entries(times)) console.log(`| ${operation} | ${name} | ${time.toFixed(2)} | ${(time / first).toFixed(1)} |`);
  }
  const token = value['Kodo upload token']['countersign, policy from an object'];
  const ready = value['Kodo upload token']['countersign, ready policy'];
  console.log(`\nOne Kodo token: ${ready.toFixed(2)} µs of a ready policy, ${token.toFixed(2)} µs with the policy; below 3 µs is the target.`);
} finally {
  await chrome.close();
  await server.close();
  rmSync(folder, { recursive: true });
}
