// What the tests share: an installed tarball, a server on loopback, a browser, and programs that end with the test.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const here = dirname(fileURLToPath(import.meta.url));
export const wasm = join(here, '..');
export const root = join(wasm, '..');

/** A project in a folder of its own with the packed tarball installed, as a user has it. */
export const project = (name) => {
  const folder = mkdtempSync(join(tmpdir(), `countersign-${name}-`));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }));
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', tarball());
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

const npm = (cwd, ...args) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

let packed;
/** The package as `npm publish` would send it. */
export const tarball = () => {
  if (packed === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-tarball-'));
    const [{ filename }] = JSON.parse(npm(join(wasm, 'pkg'), 'pack', '--json', '--pack-destination', folder));
    packed = join(folder, filename);
  }
  return packed;
};

export const vectors = () =>
  Object.fromEntries(['cos', 'kodo', 'ks3', 'oss', 's3'].map((name) => [name, JSON.parse(readFileSync(join(root, `tests/vectors/${name}.json`), 'utf8'))]));

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json', '.css': 'text/css' };

/**
 * Serves folders: `{ '/path/': folder }`, the longest path first. `wasmType` is what `.wasm` is sent as, and `csp` the
 * Content-Security-Policy of pages. Of isolated pages the clock is finer.
 */
export const serve = async (folders, { wasmType = 'application/wasm', csp, isolated = false } = {}) => {
  const requested = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    requested.push(path);
    const prefix = Object.keys(folders).sort((a, b) => b.length - a.length).find((own) => path.startsWith(own));
    const file = prefix === undefined ? '' : join(folders[prefix], normalize(`/${path.slice(prefix.length)}`));
    if (!existsSync(file) || extname(file) === '') {
      response.writeHead(404).end();
      return;
    }
    const type = extname(file) === '.wasm' ? wasmType : (TYPES[extname(file)] ?? 'application/octet-stream');
    const isolation = isolated ? { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' } : {};
    response.writeHead(200, { 'content-type': type, ...isolation, ...(csp && extname(file) === '.html' ? { 'content-security-policy': csp } : {}) });
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, requested, close: () => new Promise((resolve) => server.close(resolve)) };
};

/** A real browser, which asks nobody anything. */
export const browser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

/** Opens a page and waits until it is marked as done: what it has to say is in `window.result`. Everything it logs is told. */
export const result = async (chrome, url) => {
  const context = await chrome.newContext();
  const page = await context.newPage();
  const logged = [];
  page.on('console', (message) => logged.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => logged.push(`error: ${error.message}`));
  await page.goto(url);
  try {
    // An attribute, for nothing may be evaluated where the policy of the page forbids it.
    await page.locator('html[data-done]').waitFor({ state: 'attached', timeout: 120_000 });
  } catch (error) {
    throw new Error(`the page gave no result; it logged: ${logged.join('; ')}`, { cause: error });
  }
  const value = await page.evaluate(() => window.result);
  await context.close();
  return { value, logged };
};

/** A free port on loopback. */
export const freePort = () =>
  new Promise((resolve) => {
    const socket = createSocket();
    socket.listen(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });

/** Starts a program, waits until `url` answers, and gives what ends it. */
export const start = async (command, args, url, options = {}) => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const ended = new Promise((resolve) => child.on('exit', resolve));
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${command} ended: ${said}`);
    try {
      await fetch(url);
      return {
        said: () => said,
        stop: async () => {
          child.kill();
          await ended;
        },
      };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  child.kill();
  throw new Error(`${command} does not answer at ${url}: ${said}`);
};
