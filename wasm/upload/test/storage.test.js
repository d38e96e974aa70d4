// The page and the service against a real Ceph radosgw.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { ALICE, begun, browser, file, policy, proxy, radosgw, row, s3, service, signedIn, state, stored } from './harness.js';

const PIECE = 5 << 20;
let ceph, served, chrome, context, page;

before(async () => {
  [ceph, chrome] = await Promise.all([radosgw(), browser()]);
  served = await service(policy(s3(ceph.port)));
  context = await chrome.newContext({ locale: 'en-US' });
  page = await signedIn(context, served.url);
});

after(async () => {
  await chrome?.close();
  await served?.end('SIGTERM');
  await ceph?.end();
});

/** The key the service chose for the upload that was asked for next. */
function keyOf(page) {
  return page.waitForResponse((answer) => answer.url().endsWith('/token') && answer.ok()).then((answer) => answer.json()).then(({ key }) => key);
}

/** A page of another service over the same storage. It ends with its test. */
async function elsewhere(t, options, where = s3(ceph.port)) {
  const other = await service(policy(where), options);
  const ownContext = await chrome.newContext({ locale: 'en-US' });
  const own = await signedIn(ownContext, other.url);
  t.after(async () => {
    await ownContext.close();
    await other.end('SIGTERM');
    assert.deepEqual(own.faults, []);
  });
  return own;
}

/** The same behind a connection that the test holds in its hands. */
async function behind(t) {
  const line = await proxy(ceph.port);
  const own = await elsewhere(t, {}, s3(line.port));
  t.after(() => line.end());
  return { line, own };
}

test('files in one piece are stored as they are', async () => {
  const files = [['cat.png', randomBytes(70_000), 'image/png'], ['空 文件&<名>.txt', Buffer.from('hello \u952e'), 'text/plain'], ['empty.txt', Buffer.alloc(0), 'text/plain']];
  for (const [name, bytes, type] of files) {
    const key = keyOf(page);
    await page.setInputFiles('#files', file(name, bytes));
    assert.equal(await state(page, name, ['done', 'failed']), 'done', name);
    assert.match(await key, /^u\/alice\/\d{4}-\d\d-\d\d\/[0-9a-f-]{36}\.(png|txt)$/);
    assert.deepEqual(await stored(ceph.port, await key), { type, bytes }, name);
  }
  assert.deepEqual(page.faults, []);
});

test('a large file goes in parts and is stored as it is', async () => {
  const bytes = randomBytes(2 * PIECE + 12_345);
  const key = keyOf(page);
  await page.setInputFiles('#files', file('large.zip', bytes));
  assert.equal(await state(page, 'large.zip', ['done', 'failed']), 'done');
  const found = await stored(ceph.port, await key);
  assert.ok(found.bytes.equals(bytes));
  assert.equal(found.type, 'application/zip');
  assert.deepEqual(await begun(ceph.port), []);
});

/** Uploads with what a test changed on the way, and gives what the page says of the refusal. */
async function refusal(page, name, bytes = Buffer.from('x')) {
  const answered = page.waitForResponse((answer) => answer.request().method() !== 'OPTIONS' && answer.status() === 403 || answer.status() === 400);
  await page.setInputFiles('#files', file(name, bytes));
  const status = (await answered).status();
  assert.equal(await state(page, name, ['done', 'failed']), 'failed');
  const told = row(page, name).locator('.details');
  await told.locator('.facts').waitFor();
  return { status, text: await told.innerText() };
}

test('another key than the policy allows is refused by the storage, and explained', async () => {
  await page.route('**/token', async (route) => {
    const answer = await route.fetch();
    const upload = await answer.json();
    upload.form.fields.find(([name]) => name === 'key')[1] = 'u/bob/stolen.txt';
    await route.fulfill({ response: answer, json: upload });
  });
  const { status, text } = await refusal(page, 'stolen.txt');
  await page.unroute('**/token');
  assert.equal(status, 403);
  assert.match(text, /AccessDenied Policy check failed, variable not met condition: key/);
  assert.match(text, /Cause\s+u\/bob\/stolen\.txt does not meet the condition \["eq", "\$key", "u\/alice\//);
  await assert.rejects(stored(ceph.port, 'u/bob/stolen.txt'), /404/);
});

test('a larger file than the policy allows is refused by the storage, and explained', async () => {
  await page.route('**/token', async (route) => {
    const asked = { ...route.request().postDataJSON(), size: 10 };
    await route.fulfill({ response: await route.fetch({ postData: JSON.stringify(asked) }) });
  });
  const { status, text } = await refusal(page, 'too-large.txt', Buffer.alloc(11));
  await page.unroute('**/token');
  assert.equal(status, 400);
  assert.match(text, /EntityTooLarge/);
  assert.match(text, /Cause\s+the upload has 11 bytes; expected at most 10/);
});

test('a part of another size than was signed is refused by the storage', async () => {
  const asked = (await page.request.post(new URL('/token', served.url).href, {
    headers: { Authorization: `Bearer ${ALICE}` },
    data: { name: 'a.zip', size: PIECE + 1, type: 'application/zip' },
  }));
  const { ticket, create } = await asked.json();
  const text = await (await fetch(create.url, { method: create.method, headers: create.headers })).text();
  const uploadId = /<UploadId>([^<]+)/.exec(text)[1];
  const parts = await page.request.post(new URL('/multipart/parts', served.url).href, {
    headers: { Authorization: `Bearer ${ALICE}` },
    data: { ticket, uploadId, partNumbers: [2] },
  });
  const { request, size } = (await parts.json()).parts[0];
  assert.equal(size, 1);
  const put = (body) => fetch(request.url, { method: 'PUT', body: new Uint8Array(body) }).then(({ status }) => status);
  assert.equal(await put(1000), 403);
  assert.equal(await put(1), 200);
});

test('an expired policy is refused by the storage, and explained', async (t) => {
  const own = await elsewhere(t, { args: ['--at', new Date(Date.now() - 3_600_000).toISOString()] });
  const { status, text } = await refusal(own, 'late.txt');
  assert.equal(status, 403);
  assert.match(text, /AccessDenied Policy expired/);
  assert.match(text, /Cause\s+the policy ended at \d{4}-/);
});

test('a form signed with another secret is refused by the storage, and explained', async (t) => {
  const own = await elsewhere(t, { secret: 'madeUpAndWrongSecretOnlyForThisTest00000' });
  const { status, text } = await refusal(own, 'unsigned.txt');
  assert.equal(status, 403);
  // Ceph does not tell wrong signatures of forms from other refusals; those of URLs it does.
  assert.match(text, /AccessDenied/);
  assert.match(text, /Not this file: the form meets its policy/);
  // In parts Ceph answers without the headers of CORS: no page can see what, and this one says so.
  await own.setInputFiles('#files', file('unsigned.zip', Buffer.alloc(PIECE + 1)));
  assert.equal(await state(own, 'unsigned.zip', ['done', 'failed']), 'failed');
  assert.match(await row(own, 'unsigned.zip').innerText(), /The storage answered, but does not let this page see what: it refused/);
});

test('an upload in parts goes on after a reload from what is stored', async (t) => {
  const { line, own } = await behind(t);
  const bytes = randomBytes(4 * PIECE + 77);
  const path = file('film.bin', bytes);
  const sent = (form) => line.state.requests.map((request) => form.exec(request)?.[1]).filter(Boolean);
  // Two parts arrive, the others do not.
  line.state.held = /^PUT .*partNumber=[345]&/;
  const key = keyOf(own);
  await own.setInputFiles('#files', path);
  const stop = Date.now() + 20_000;
  while (sent(/^PUT .*partNumber=(\d)/).length < 5 && Date.now() < stop) await own.waitForTimeout(20);
  await own.reload();
  line.state.held = null;
  line.state.requests.length = 0;
  // It signs in by itself; the file has to be chosen again.
  await own.waitForSelector('#drop:not([hidden])');
  await own.setInputFiles('#files', path);
  assert.equal(await state(own, 'film.bin', ['done', 'failed']), 'done');
  assert.match(await row(own, 'film.bin').locator('.status').innerText(), /resumed: 2 parts were there already/);
  assert.deepEqual(sent(/^PUT .*partNumber=(\d)/).sort(), ['3', '4', '5']);
  assert.deepEqual(sent(/^POST .*[?&](uploads)/), [], 'it is not begun again');
  assert.ok((await stored(ceph.port, await key)).bytes.equals(bytes));
});

test('a connection that breaks is tried again', async (t) => {
  const { line, own } = await behind(t);
  const [small, large] = [randomBytes(300_000), randomBytes(2 * PIECE)];
  line.state.breaks = 3;
  line.state.after = 100_000;
  let key = keyOf(own);
  await own.setInputFiles('#files', file('broken.bin', small));
  await state(own, 'broken.bin', 'pausing');
  // A browser that had all of it sent cannot tell an answer that is kept from it.
  const why = /^(connection lost|the answer of the storage cannot be read), attempt \d of 6 in \d+ sec/;
  assert.match(await row(own, 'broken.bin').locator('.status').innerText(), why);
  assert.equal(await state(own, 'broken.bin', ['done', 'failed']), 'done');
  assert.ok((await stored(ceph.port, await key)).bytes.equals(small));
  line.state.breaks = 4;
  key = keyOf(own);
  await own.setInputFiles('#files', file('broken-parts.bin', large));
  assert.equal(await state(own, 'broken-parts.bin', ['done', 'failed']), 'done');
  assert.equal(line.state.breaks, 0);
  assert.ok((await stored(ceph.port, await key)).bytes.equals(large));
});

test('what failed can be tried again by hand', async () => {
  let spoil = true;
  await page.route('**/token', async (route) => {
    const answer = await route.fetch();
    const upload = await answer.json();
    if (spoil) upload.form.fields.find(([name]) => name === 'key')[1] = 'u/bob/again.txt';
    await route.fulfill({ response: answer, json: upload });
  });
  await refusal(page, 'again.txt');
  spoil = false;
  await row(page, 'again.txt').getByRole('button', { name: 'Try again: again.txt' }).click();
  // Until it is begun anew, it stands there as failed.
  assert.equal(await state(page, 'again.txt', 'done'), 'done');
  await page.unroute('**/token');
});

test('a cancelled upload leaves nothing behind, and can be begun again', async (t) => {
  const { line, own } = await behind(t);
  const before = await begun(ceph.port);
  line.state.held = /^PUT .*partNumber=3&/;
  await own.setInputFiles('#files', file('given-up.bin', randomBytes(3 * PIECE)));
  await own.waitForFunction(() => document.querySelector('.row progress')?.value > 0.6, null, { polling: 20 });
  assert.equal((await begun(ceph.port)).length, before.length + 1);
  const dropped = own.waitForResponse((answer) => answer.request().method() === 'DELETE');
  await row(own, 'given-up.bin').getByRole('button', { name: 'Cancel given-up.bin' }).click();
  await state(own, 'given-up.bin', 'cancelled');
  assert.equal((await dropped).status(), 204);
  assert.deepEqual(await begun(ceph.port), before);
  assert.equal(await own.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('countersign-upload')).length), 0);
  line.state.held = null;
  await row(own, 'given-up.bin').getByRole('button', { name: 'Try again: given-up.bin' }).click();
  assert.equal(await state(own, 'given-up.bin', ['done', 'failed']), 'done');
});
