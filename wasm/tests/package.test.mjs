// The package as it is installed from its tarball: in Node, behind two bundlers, in a plain page and in an edge worker.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { SCHEMES } from './compare.mjs';
import { browser, freePort, here, project, result, serve, start, vectors, wasm } from './support.mjs';

const COMPARED = SCHEMES.reduce((sum, { compared }) => sum + compared, 0);
const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

let chrome;
let user;
before(async () => {
  chrome = await browser();
  user = project('user');
  for (const file of readdirSync(join(here, 'consumers'))) cpSync(join(here, 'consumers', file), join(user.folder, file));
  cpSync(join(here, 'compare.mjs'), join(user.folder, 'compare.mjs'));
  mkdirSync(join(user.folder, 'public'));
  for (const folder of ['.', 'public']) writeFileSync(join(user.folder, folder, 'vectors.json'), JSON.stringify(vectors()));
});
after(async () => {
  await chrome?.close();
  user?.remove();
});

const isRight = (value) => {
  assert.deepEqual(value.faults, []);
  assert.equal(value.compared, COMPARED);
  assert.equal(value.known, true);
};

const CHINESE = /[\u4e00-\u9fff]{4}/;
/** The line to change for Docker. */
const LINE = /^`printf '%s' \.\.\. \| docker secret create/;

const node = (file) => JSON.parse(execFileSync(process.execPath, [file], { cwd: user.folder, encoding: 'utf8' }));

/** A page whose address is the origin of `folders`. */
const inPage = async (folders, options) => {
  const server = await serve(folders, options);
  try {
    const { value, logged } = await result(chrome, `${server.origin}/index.html`);
    isRight(value);
    assert.equal(value.cause, 'secret-surrounding-whitespace');
    assert.match(value.title, CHINESE);
    assert.match(value.line, LINE);
    // The browser asks for an icon of its own accord.
    assert.deepEqual(logged.filter((line) => !line.includes('404')), []);
    return server.requested;
  } finally {
    await server.close();
  }
};

test('the tarball has the texts of its licences, and says what it is', () => {
  const folder = join(user.folder, 'node_modules/countersign');
  for (const [name, text] of [['LICENSE-MIT', /Permission is hereby granted/], ['LICENSE-APACHE', /Apache License/]]) assert.match(readFileSync(join(folder, name), 'utf8'), text);
  const { name, license } = createRequire(join(user.folder, 'user.cjs'))('countersign/package.json');
  assert.deepEqual([name, license], ['countersign', 'MIT OR Apache-2.0']);
});

test('Node runs it as an ES module', () => {
  const value = node('node.mjs');
  isRight(value);
  assert.equal(value.cause, 'secret-surrounding-whitespace');
  assert.match(value.title, CHINESE);
  assert.match(value.line, LINE);
});

test('Node runs it by require, with the same module behind import', () => {
  const value = node('node.cjs');
  isRight(value);
  assert.match(value.token, /^CSIDEXAMPLE0001:/);
});

/** A page without a bundler finds modules by an import map, or by their addresses. */
const plain = () => {
  const { exports } = JSON.parse(readFileSync(join(user.folder, 'node_modules/countersign/package.json'), 'utf8'));
  const entries = Object.entries(exports).filter(([, where]) => where.default);
  const folder = join(user.folder, 'plain');
  mkdirSync(folder, { recursive: true });
  const address = (name) => `./countersign/${exports[name].default.slice(2)}`;
  const program = readFileSync(join(user.folder, 'program.mjs'), 'utf8').replace(/'countersign(\/[a-z0-9/]*)?'/g, (_, path = '') => `'${address(`.${path}`)}'`);
  assert.ok(entries.length > 10);
  writeFileSync(join(folder, 'program.mjs'), program);
  for (const file of ['page.mjs', 'compare.mjs', 'index.html', 'vectors.json']) cpSync(join(user.folder, file), join(folder, file));
  return { '/': folder, '/countersign/': join(user.folder, 'node_modules/countersign') };
};

test('a plain page runs it, under a strict Content-Security-Policy', async () => {
  const requested = await inPage(plain(), { csp: STRICT });
  assert.equal(requested.filter((path) => path.endsWith('/sign.wasm')).length, 1, 'it is loaded once');
});

test('a plain page runs it, though the server sends the wrong MIME type', () => inPage(plain(), { wasmType: 'text/plain', csp: STRICT }));

test('Vite bundles it', async () => {
  const { build } = await import('vite');
  await build({ root: user.folder, logLevel: 'error', configFile: false, build: { outDir: join(user.folder, 'by-vite'), target: 'es2022' } });
  await inPage({ '/': join(user.folder, 'by-vite') });
});

test('webpack bundles it', async () => {
  const { default: webpack } = await import('webpack');
  const folder = join(user.folder, 'by-webpack');
  const stats = await new Promise((resolve, reject) => {
    const config = { mode: 'production', context: user.folder, entry: './page.mjs', output: { path: folder, filename: 'page.mjs', module: true }, experiments: { outputModule: true }, performance: false };
    webpack(config, (error, done) => (error ? reject(error) : resolve(done)));
  });
  assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true }).errors, []);
  for (const file of ['index.html', 'vectors.json']) cpSync(join(user.folder, file), join(folder, file));
  await inPage({ '/': folder });
});

test('an edge worker runs it', async () => {
  const { exports } = JSON.parse(readFileSync(join(user.folder, 'node_modules/countersign/package.json'), 'utf8'));
  const modules = ['.', './cos', './explain', './kodo', './ks3', './oss', './s3'].map((name) => [name === '.' ? 'countersign' : `countersign/${name.slice(2)}`, exports[name].default.slice(2)]);
  const port = await freePort();
  // Paths are relative to the configuration.
  const dist = 'node_modules/countersign';
  const files = modules.map(([name, file]) => `(name = "${name}", esModule = embed "${dist}/${file}")`);
  for (const name of ['sign', 'cos', 'explain', 'kodo', 'ks3', 'oss', 's3']) files.push(`(name = "${name}.wasm", wasm = embed "${dist}/dist/${name}.wasm")`);
  files.push('(name = "compare.mjs", esModule = embed "compare.mjs")', '(name = "vectors.json", json = embed "vectors.json")', `(name = "zh.json", json = embed "${dist}/dist/languages/zh.json")`, `(name = "stacks.json", json = embed "${dist}/dist/stacks.json")`);
  const config = join(user.folder, 'config.capnp');
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (modules = [(name = "worker", esModule = embed "worker.mjs"), ${files.join(', ')}], compatibilityDate = "2026-05-01"))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);
`,
  );
  const worker = await start(join(wasm, 'node_modules/.bin/workerd'), ['serve', config], `http://127.0.0.1:${port}/`);
  try {
    const value = await (await fetch(`http://127.0.0.1:${port}/`)).json();
    isRight({ ...value, known: true });
    assert.match(value.title, CHINESE);
    assert.deepEqual(value.stacks, ['curl']);
  } finally {
    await worker.stop();
  }
});
