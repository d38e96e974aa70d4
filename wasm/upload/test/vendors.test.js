// What page and service send to OSS, COS, KS3 and Kodo. No server of theirs can be installed: vendors.py stands in, which
// speaks the shape of their protocols and checks each signature with another implementation.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { browser, file, policy, row, service, signedIn, state, vendor } from './harness.js';

const PIECE = 5 << 20;
const VENDORS = {
  oss: { bucket: 'photos', region: 'cn-hangzhou', signed: ['content-length', 'host'] },
  cos: { bucket: 'photos-1250000000', region: 'ap-beijing', signed: ['content-length', 'host'] },
  ks3: { bucket: 'photos', region: 'BEIJING', signed: [] },
  kodo: { bucket: 'photos', region: 'z0', signed: 'UpToken' },
};
let chrome;

before(async () => {
  chrome = await browser();
});

after(() => chrome?.close());

for (const [provider, { bucket, region, signed }] of Object.entries(VENDORS)) {
  test(`${provider}: a form and an upload in parts carry the right signatures`, async (t) => {
    const server = await vendor(provider, bucket, region);
    t.after(() => server.end());
    const where = `provider = "${provider}"\nbucket = "${bucket}"\nregion = "${region}"\nendpoint = "http://127.0.0.1:${server.port}"\naddressing = "custom"`;
    const served = await service(policy(where));
    t.after(() => served.end('SIGTERM'));
    const context = await chrome.newContext({ locale: 'en-US' });
    t.after(() => context.close());
    const page = await signedIn(context, served.url);
    const [small, large] = [randomBytes(40_000), randomBytes(2 * PIECE + 99)];
    await page.setInputFiles('#files', [file(`${provider}/键 a&b.png`, small), file(`${provider}/large.zip`, large)]);
    for (const name of ['键 a&b.png', 'large.zip']) {
      const ended = await state(page, name, ['done', 'failed']);
      assert.equal(ended, 'done', `${await row(page, name).innerText()}\n${JSON.stringify(await server.requests(), null, 1)}`);
    }
    const objects = Object.entries(await server.objects());
    assert.equal(objects.length, 2);
    for (const [key, { type, bytes }] of objects) {
      assert.match(key, /^u\/alice\//);
      const isSmall = key.endsWith('.png');
      assert.equal(type, isSmall ? 'image/png' : 'application/zip');
      assert.ok(Buffer.from(bytes, 'base64').equals(isSmall ? small : large));
    }
    const parts = (await server.requests()).filter(({ method }) => method === 'PUT');
    assert.deepEqual(parts.map(({ length }) => length).sort((a, b) => a - b), [99, PIECE, PIECE]);
    for (const part of parts) assert.deepEqual(part.signed, signed, JSON.stringify(part));
    assert.ok((await server.requests()).every(({ refused }) => !refused));
    assert.deepEqual(page.faults, []);
  });

  test(`${provider}: what the policy does not allow is refused, and told in the words of the vendor`, async (t) => {
    const server = await vendor(provider, bucket, region);
    t.after(() => server.end());
    const where = `provider = "${provider}"\nbucket = "${bucket}"\nregion = "${region}"\nendpoint = "http://127.0.0.1:${server.port}"\naddressing = "custom"`;
    const [served, wrong] = await Promise.all([service(policy(where)), service(policy(where), { secret: 'madeUpAndWrongSecretOnlyForThisTest00000' })]);
    t.after(() => Promise.all([served.end('SIGTERM'), wrong.end('SIGTERM')]));
    const context = await chrome.newContext({ locale: 'en-US' });
    t.after(() => context.close());
    const page = await signedIn(context, served.url);
    await page.route('**/token', async (route) => {
      const answer = await route.fetch();
      const upload = await answer.json();
      upload.form.fields.find(([name]) => name === 'key')[1] = 'u/bob/stolen.png';
      await route.fulfill({ response: answer, json: upload });
    });
    await page.setInputFiles('#files', file('stolen.png', Buffer.from('x')));
    assert.equal(await state(page, 'stolen.png', ['done', 'failed']), 'failed');
    const told = row(page, 'stolen.png').locator('.facts');
    await told.waitFor();
    assert.match(await told.innerText(), provider === 'kodo' ? /key doesn't match with scope/ : /AccessDenied/);

    const other = await signedIn(context, wrong.url);
    await other.setInputFiles('#files', [file('a.png', Buffer.from('x')), file('a.zip', Buffer.alloc(PIECE))]);
    for (const name of ['a.png', 'a.zip']) assert.equal(await state(other, name, ['done', 'failed']), 'failed');
    assert.deepEqual(await server.objects(), {});
  });
}
