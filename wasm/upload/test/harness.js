// What the tests stand on: a real Ceph radosgw, the service, a proxy with a bad connection, a browser.

import { spawn } from 'node:child_process';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
export const SHOTS = join(TARGET, 'upload-page');
export const ID = 'CSIDEXAMPLESERVERS01';
export const SECRET = 'madeUp/secret+onlyForTheseTests0123456789';
export const ALICE = 'made-up-token-of-alice-for-tests';
export const BUCKET = 'photos';
const REGION = 'us-east-1';

mkdirSync(SHOTS, { recursive: true });
export const FOLDER = mkdtempSync(join(tmpdir(), 'upload-page-'));
process.on('exit', () => rmSync(FOLDER, { recursive: true, force: true }));

/** Runs a program until `end()`, and reads its first line. All of them end with this process: their input does. */
async function started(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  const first = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}: ${said}`)));
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    first,
    log: () => said,
    end: async (signal) => {
      if (signal) child.kill(signal);
      else child.stdin.end();
      return ended;
    },
  };
}

const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** A request to the storage, signed here and not by what is tested. */
export async function storage(port, method, path, { query = '', body = '', headers = {} } = {}) {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const host = `127.0.0.1:${port}`;
  const payload = sha256(body);
  const canonical = `${method}\n${path}\n${query}\nhost:${host}\nx-amz-content-sha256:${payload}\nx-amz-date:${time}\n\nhost;x-amz-content-sha256;x-amz-date\n${payload}`;
  const scope = `${day}/${REGION}/s3/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`;
  const key = [day, REGION, 's3', 'aws4_request'].reduce(hmac, `AWS4${SECRET}`);
  const signature = hmac(key, text).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${ID}/${scope}, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`;
  const all = { ...headers, 'x-amz-content-sha256': payload, 'x-amz-date': time, authorization };
  return fetch(`http://${host}${path}${query && `?${query}`}`, { method, body: body || undefined, headers: all });
}

/** A stored object. */
export async function stored(port, key) {
  const path = `/${BUCKET}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const answer = await storage(port, 'GET', path);
  if (!answer.ok) throw new Error(`${key}: ${answer.status} ${await answer.text()}`);
  return { type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** The uploads in parts that were begun and are not over. */
export async function begun(port) {
  const text = await (await storage(port, 'GET', `/${BUCKET}`, { query: 'uploads=' })).text();
  return [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key);
}

const CORS = `<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>
<AllowedMethod>PUT</AllowedMethod><AllowedMethod>POST</AllowedMethod><AllowedMethod>DELETE</AllowedMethod>
<AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader></CORSRule></CORSConfiguration>`;

/** A real radosgw with a bucket that pages may upload to. */
export async function radosgw() {
  const server = await started(join(ROOT, 'tests/servers/radosgw.sh'), [ID, SECRET]);
  const port = Number(/^ready (\d+)$/.exec(server.first)[1]);
  for (const [path, query, body] of [[`/${BUCKET}`, '', ''], [`/${BUCKET}`, 'cors=', CORS]]) {
    const answer = await storage(port, 'PUT', path, { query, body });
    if (!answer.ok) throw new Error(`PUT ${path}?${query}: ${answer.status} ${await answer.text()}`);
  }
  return { ...server, port };
}

/** A stand-in for a vendor whose server cannot be installed; see vendors.py. */
export async function vendor(provider, bucket, region) {
  const server = await started('python3', [fileURLToPath(new URL('vendors.py', import.meta.url)), provider, ID, SECRET, bucket, region]);
  const port = Number(/^ready (\d+)$/.exec(server.first)[1]);
  const ask = async (what) => (await fetch(`http://127.0.0.1:${port}/-/${what}`)).json();
  return { ...server, port, objects: () => ask('objects'), requests: () => ask('log') };
}

/** The policy of the tests. */
export function policy(where, changes = {}) {
  const { key, maxSize, types } = { key: 'u/{user}/{date}/{uuid}{ext}', maxSize: '64MiB', types: ['image/*', 'text/plain', 'application/*'], ...changes };
  return `[storage]\n${where}\n[upload]\nkey = "${key}"\ntypes = ${JSON.stringify(types)}\nmax_size = "${maxSize}"\nlife = "10m"
[upload.parts]\nfrom = "5MiB"\nsize = "5MiB"\nlife = "1h"\n[access]\nrequests_per_minute = 6000\n`;
}

/** The storage of a policy: the bucket at this port. */
export function s3(port) {
  return `provider = "s3"\nbucket = "${BUCKET}"\nregion = "${REGION}"\nendpoint = "http://127.0.0.1:${port}"\naddressing = "path"`;
}

/** The service, with its page. */
export async function service(text, { secret = SECRET, args = [], key = randomBytes(32).toString('hex') } = {}) {
  const file = join(FOLDER, `${randomBytes(6).toString('hex')}.toml`);
  writeFileSync(file, text);
  const env = {
    PATH: process.env.PATH,
    HOME: FOLDER,
    COUNTERSIGN_SECRET_KEY: secret,
    COUNTERSIGN_ACCESS_KEY_ID: ID,
    COUNTERSIGN_SERVE_TOKENS: `alice=${ALICE}`,
    COUNTERSIGN_TICKET_KEY: key,
  };
  const all = ['serve', file, '--package', join(ROOT, 'wasm/pkg'), '--listen', '127.0.0.1:0', '--format', 'json', ...args];
  const server = await started(join(TARGET, 'debug/countersign'), all, { env });
  return { ...server, url: JSON.parse(server.first).url, key };
}

/** A connection to a port of this machine that can be slow, and can break. */
export async function proxy(port) {
  const state = {
    /** How many of the coming connections with this text in what they send break after so many bytes. */
    breaks: 0,
    after: 0,
    /** Requests whose first line fits get no further than here. */
    held: null,
    /** Bytes a second; all connections share them. */
    rate: Infinity,
    /** First lines of the requests. */
    requests: [],
  };
  const sockets = new Set();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
      socket.on('error', () => socket.destroy());
    }
    let bytes = 0;
    let breaking = null;
    client.on('data', (data) => {
      const line = /^(?:OPTIONS|GET|PUT|POST|DELETE) [^\r\n]+/.exec(data.toString('latin1'))?.[0];
      if (line) {
        state.requests.push(line);
        if (state.held?.test(line)) return client.pause();
        bytes = 0;
        breaking = null;
        // A preflight has no body to break in.
        if (state.breaks > 0 && !line.startsWith('OPTIONS')) {
          state.breaks -= 1;
          breaking = state.after;
        }
      }
      bytes += data.length;
      if (breaking !== null && bytes > breaking) return client.destroy();
      if (state.rate === Infinity) return upstream.write(data);
      client.pause();
      setTimeout(() => {
        upstream.write(data);
        client.resume();
      }, (data.length / state.rate) * 1000 * Math.max(1, sockets.size / 2));
      return undefined;
    });
    upstream.on('data', (data) => client.write(data));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...server,
    state,
    port: server.address().port,
    end: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

export function browser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** A page somebody has signed in to, that fails the test on a fault of its own. */
export async function signedIn(context, url) {
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(`${error}`));
  page.on('console', (message) => {
    // What the policy of the page blocks is told here; refused requests are, too, and are what some tests are about.
    if (message.type() === 'error' && !/^Failed to load resource|CORS policy/.test(message.text())) page.faults.push(message.text());
  });
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(url);
  await page.fill('#token', ALICE);
  await page.press('#token', 'Enter');
  await page.waitForSelector('#drop:not([hidden])');
  return page;
}

/** A file on disk: the same after a reload. */
export function file(name, bytes) {
  const path = join(FOLDER, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

/** The row of an upload. */
export function row(page, name) {
  return page.locator('.row', { has: page.locator('.name', { hasText: name }) });
}

/** Waits until an upload is in one of these states. */
export async function state(page, name, states, timeout = 30_000) {
  const selector = [states].flat().map((one) => `[data-state="${one}"]`).join(', ');
  const found = row(page, name).and(page.locator(selector));
  await found.waitFor({ timeout });
  return found.getAttribute('data-state');
}
