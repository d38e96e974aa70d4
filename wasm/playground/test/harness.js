// What the tests stand on: the page as it is built on a static host below a path, a browser, and a record of every request.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
export const DIST = join(ROOT, 'wasm/playground/dist');
export const SHOTS = join(TARGET, 'playground');
export const CLI = join(TARGET, 'debug/countersign');
export const SECRET = 'madeUpSecretOnlyForThisExample';
export const ID = 'CSIDEXAMPLE0001';
export const AT = '2026-05-01T08:33:00Z';
/** Where the page lies on its host: a static host may put it anywhere. */
export const BELOW = '/tools/countersign/';

mkdirSync(SHOTS, { recursive: true });

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.png': 'image/png', '.webmanifest': 'application/manifest+json' };

/** A static host, which knows nothing but files; `changed` holds what it says of one in place of what is in it. */
export async function host() {
  const requested = [];
  const changed = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    requested.push(path);
    let file = path.startsWith(BELOW) ? join(DIST, normalize(`/${path.slice(BELOW.length)}`)) : '';
    if (file.endsWith('/')) file += 'index.html';
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    return response.end(changed.get(path.slice(BELOW.length)) ?? readFileSync(file));
  });
  await listening(server);
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}${BELOW}`, requested, changed, close };
}

/** Another host, which lets every page read what it says, and keeps what it was sent. */
export async function otherHost() {
  const received = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request.setEncoding('latin1')) body += piece;
    received.push({ method: request.method, path: request.url, type: request.headers['content-type'], body: Buffer.from(body, 'latin1') });
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/plain' }).end('read');
  });
  await listening(server);
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, received, close };
}

const listening = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export function browser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** A host and a browser for the tests of a file, and `on`, which gives a test a page of its own. `prepare` is called once they are there. */
export function stage(prepare) {
  const its = {
    async on(options, use) {
      const context = await its.chrome.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 }, ...options });
      try {
        const page = await opened(context, its.site.url);
        await use(page, context);
        quiet(page);
      } finally {
        await context.close();
      }
    },
  };
  before(async () => {
    [its.site, its.chrome] = await Promise.all([host(), browser()]);
    await prepare?.();
  });
  after(async () => {
    await its.chrome?.close();
    await its.site?.close();
  });
  return its;
}

/** Nothing was thrown, and nothing logged, which a request that the policy stops would be; but what the browser says of passwords. */
export function quiet(page) {
  assert.deepEqual(page.faults, []);
  assert.deepEqual(page.said.filter((line) => !/Password field is not contained in a form/.test(line)), []);
}

/** The page, ready. What it logs, throws and asks for is kept on it; what is asked for with what its workers ask for. */
export async function opened(context, url) {
  const page = await context.newPage();
  // Machines that test are busy ones.
  page.setDefaultTimeout(120_000);
  page.said = [];
  page.faults = [];
  page.asked = [];
  page.on('console', (message) => page.said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => page.faults.push(`${error}`));
  context.on('request', (request) => page.asked.push(request.url()));
  await page.goto(url);
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  return page;
}

/** Pastes a request as somebody does, and waits for what is said of it. */
export async function explained(page, { input, secret = SECRET, at = AT, error = '', depth = '2' }) {
  await page.locator('#hints').evaluate((details) => (details.open = true));
  await page.fill('#at', at);
  await page.selectOption('#depth', depth);
  if (error !== '') await page.locator('#answer-details').evaluate((details) => (details.open = true));
  if (error !== '') await page.fill('#answer', error);
  await page.fill('#secret', secret);
  await page.fill('#input', input);
  await settled(page);
}

/** Waits until what was typed last into a view was worked out. */
export async function settled(page, view = 'explain') {
  await page.locator(`#${view}[data-state="settled"]`).waitFor({ state: 'attached' });
}
