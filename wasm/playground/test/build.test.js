// What the builders make equals what the vendors' own SDKs made of the same (tests/vectors), typed into the page's fields.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { DECODE_EXAMPLES } from '../examples.js';
import { typed } from '../fields.js';
import { ID, ROOT, SECRET, opened, stage } from './harness.js';

const here = stage();
let page;

before(async () => {
  page = await opened(await here.chrome.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } }), `${here.site.url}#build`);
});

const vectors = (provider, scheme) => JSON.parse(readFileSync(join(ROOT, `tests/vectors/${provider}.json`), 'utf8')).cases.filter((one) => one.scheme === scheme);

/** Types into the fields of a kind what they are to hold, and nothing into the others. */
async function built(kind, credentials, values) {
  await page.evaluate(
    ([kind, credentials, values]) => {
      const type = (id, text, event = 'input') => {
        const field = document.getElementById(id);
        if (field === null) throw new Error(`there is no field ${id}`);
        if (field.type === 'checkbox') field.checked = text === 'on';
        else field.value = text;
        field.dispatchEvent(new Event(event, { bubbles: true }));
      };
      type('kind', kind, 'change');
      for (const field of document.querySelectorAll('#build-fields :is(input, textarea, select)')) type(field.id, field.tagName === 'SELECT' ? field.options[0].value : '');
      type('access-key-id', credentials.access_key_id);
      type('build-secret', credentials.secret);
      if (credentials.security_token) type('field-sessionToken', credentials.security_token);
      for (const [name, value] of Object.entries(values)) type(`field-${name}`, String(value));
    },
    [kind, credentials, values],
  );
  await page.locator('#build[data-state="settled"]').waitFor({ state: 'attached' });
  const trouble = page.locator('#built .trouble');
  if ((await trouble.count()) > 0) throw new Error(await trouble.innerText());
}

const text = (id) => page.locator(`#${id} pre`).innerText();
const fields = () => page.locator('#built-form tr').evaluateAll((rows) => rows.map((row) => [row.children[0].textContent, row.children[1].textContent]));

test('upload tokens of Kodo are those of its SDKs', async () => {
  const cases = vectors('kodo', 'kodo-upload-token');
  for (const one of cases) {
    await built('token-kodo', one.credentials, { policy: one.policy_text });
    assert.equal(await text('built-token'), one.expect.token, one.id);
  }
  assert.equal(cases.length, 35);
});

test('a put policy typed field by field says what it said', async () => {
  let compared = 0;
  for (const one of vectors('kodo', 'kodo-upload-token')) {
    const values = typed(JSON.stringify(one.policy));
    if (values === null) continue;
    try {
      await built('token-kodo', one.credentials, values);
    } catch (error) {
      // Those that contradict themselves are not made of fields.
      assert.match(error.message, /vendor would refuse/, one.id);
      continue;
    }
    const [, , encoded] = (await text('built-token')).split(':');
    assert.deepEqual(JSON.parse(Buffer.from(encoded, 'base64url')), one.policy, one.id);
    compared += 1;
  }
  assert.ok(compared >= 30, `${compared}`);
});

const OF_SIGNATURE = /signature|accesskeyid|policy|credential|-date|algorithm|token|^q-/i;

for (const [kind, provider, scheme, count, more] of [
  ['form-oss', 'oss', 'oss-post-v4', 8, () => ({ version: 'v4' })],
  ['form-oss', 'oss', 'oss-post-v1', 9, () => ({ version: 'v1' })],
  ['form-ks3', 'ks3', 'ks3-post', 11, () => ({})],
  ['form-cos', 'cos', 'cos-post', 9, ({ key_time }) => interval(key_time)],
  ['form-s3', 's3', 's3-v4-post', 14, () => ({})],
]) {
  test(`forms of ${scheme} are those of the SDKs`, async () => {
    const policyOf = (one) => one.policy_json ?? one.policy_text ?? one.policy;
    const all = vectors(provider, scheme);
    // A text area of a browser turns CRLF into LF: such a policy cannot be typed, and the package is tested with it.
    const cases = all.filter((one) => !String(policyOf(one)).includes('\r'));
    for (const one of cases) {
      const policy = policyOf(one);
      await built(kind, one.credentials, { bucket: one.bucket, region: one.region ?? 'cn-hangzhou', policy, expiresIn: one.expires ?? 3600, at: one.time, ...more(one) });
      const made = await fields();
      const expected = Array.isArray(one.expect.fields) ? one.expect.fields : Object.entries(one.expect.fields);
      for (const [name, value] of expected.filter(([name]) => OF_SIGNATURE.test(name))) {
        const found = made.find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1];
        // Long ones are cut on the page, and whole in what is copied.
        if (found?.includes('left out')) assert.ok((await text('built-curl')).includes(value), `${one.id}: ${name}`);
        else assert.equal(found, value, `${one.id}: ${name}`);
      }
      assert.ok(made.some(([, value]) => value === one.expect.signature), one.id);
      for (const id of ['built-curl', 'built-html']) assert.ok(isIn(await text(id), one.expect.signature), `${one.id}: ${id}`);
    }
    assert.equal(cases.length, count);
  });
}

/** Whether a value stands in a command or in HTML, which writes some of its characters otherwise. */
const isIn = (whole, value) => whole.includes(value);

function interval(keyTime) {
  const [start, end] = keyTime.split(';').map(Number);
  return { at: new Date(start * 1000).toISOString(), expiresIn: end - start };
}

/** A URL taken apart, for SDKs differ in the order of parameters and in what they escape. */
function parts(url) {
  const [base, query = ''] = url.split('?');
  const decode = (one) => decodeURIComponent(one.replaceAll('+', '%20'));
  return [decode(base), query.split('&').map((one) => one.split('=').map(decode).join('=')).sort()];
}

for (const [kind, provider, scheme, least, more] of [
  ['url-oss', 'oss', 'oss-v4-url', 8, () => ({ version: 'v4' })],
  ['url-oss', 'oss', 'oss-v1-url', 8, () => ({ version: 'v1' })],
  ['url-ks3', 'ks3', 'ks3-v2-url', 8, () => ({ version: 'v2' })],
  ['url-cos', 'cos', 'cos-xml-url', 8, ({ key_time }) => interval(key_time)],
  ['url-s3', 's3', 's3-v4-url', 12, () => ({})],
]) {
  test(`URLs of ${scheme} are those of the SDKs`, async () => {
    let compared = 0;
    for (const one of vectors(provider, scheme)) {
      const { method, url, headers } = one.request;
      const { protocol, host: name, pathname, search } = new URL(url);
      const own = headers.filter(([header]) => header.toLowerCase() !== 'host');
      // What the fields of the page cannot say: the bucket elsewhere, parameters, headers that are signed or not, other methods.
      const canSay = name.startsWith(`${one.bucket}.`) && search === '' && own.length === 0 && ['GET', 'PUT', 'HEAD', 'DELETE', 'POST'].includes(method) && (one.additional_headers ?? []).length === 0 && (one.expect.header_list ?? 'host') === 'host';
      const key = decodeURIComponent(pathname.slice(1));
      // Nor what a browser would write in another way.
      if (!canSay || key === '' || new URL(url).href !== url || (one.product ?? one.service ?? provider) !== provider) continue;
      await built(kind, one.credentials, { method, bucket: one.bucket, key, region: one.region ?? 'x', endpoint: `${protocol}//${name.slice(one.bucket.length + 1)}`, expiresIn: one.expires, at: one.time, ...more(one) });
      assert.deepEqual(parts(await text('built-url')), parts(one.expect.url), one.id);
      compared += 1;
    }
    assert.ok(compared >= least, `${compared}`);
  });
}

test('a signed URL of a private bucket of Kodo is that of its SDK', async () => {
  const one = vectors('kodo', 'kodo-private-url').find(({ id }) => id === 'kodo-priv-simple');
  await built('url-kodo', one.credentials, { url: one.request.url, expiresIn: one.expires, at: one.time });
  assert.equal(await text('built-url'), one.expect.url);
});

test('what is missing is named, what contradicts itself is refused, and a lint is shown', async () => {
  const credentials = { access_key_id: ID, secret: SECRET };
  await built('form-s3', credentials, { bucket: 'photos' });
  assert.match(await page.locator('#built').innerText(), /Still needed: Region, Life in seconds, Key/);
  await assert.rejects(built('token-kodo', credentials, { bucket: 'photos', callbackUrl: 'https://h/' }), /vendor would refuse such a policy/);
  await assert.rejects(built('form-s3', credentials, { bucket: 'photos', region: 'r', key: 'k', expiresIn: '900', conditions: '[' }), /This is no JSON/);
  await assert.rejects(built('url-s3', credentials, { bucket: 'photos', region: 'r', key: 'k', expiresIn: '9000000' }), /no such life/);
  await built('form-s3', credentials, { bucket: 'photos', region: 'us-east-1', keyPrefix: 'user/', expiresIn: '900' });
  const codes = await page.locator('#built .problems li').evaluateAll((all) => all.map((one) => one.dataset.code));
  assert.ok(codes.includes('no-content-length-range'), codes.join());
  await built('form-oss', credentials, { bucket: 'photos', region: 'cn-hangzhou', keyPrefix: 'user/', expiresIn: '900', minSize: '1', maxSize: '10MB', contentType: 'image/*' });
  assert.match(await page.locator('#built .sound').innerText(), /Nothing speaks against this policy/);
  assert.ok((await text('built-policy')).includes('["content-length-range", 1, 10000000]'));
});

test('a token is decoded, changed in the builder, and is another', async () => {
  await page.evaluate(() => (location.hash = 'decode'));
  await page.fill('#decode-input', DECODE_EXAMPLES.token.input);
  await page.locator('#decode[data-state="settled"]').waitFor({ state: 'attached' });
  assert.match(await page.locator('#decoded').innerText(), /2026-05-01 09:30:15 UTC/);
  await page.click('#edit-token');
  await page.locator('#build:not([hidden])').waitFor();
  assert.deepEqual(await Promise.all(['field-bucket', 'field-key', 'field-deadline', 'access-key-id'].map((id) => page.inputValue(`#${id}`))), ['photos', '2026/harbour.jpg', '2026-05-01T09:30:15Z', ID]);
  await page.fill('#build-secret', SECRET);
  await page.locator('#build[data-state="settled"]').waitFor({ state: 'attached' });
  await page.locator('#built-token').waitFor();
  const [, , encoded] = (await text('built-token')).split(':');
  assert.deepEqual(JSON.parse(Buffer.from(encoded, 'base64url')), JSON.parse(Buffer.from(DECODE_EXAMPLES.token.input.split(':')[2], 'base64url')));
});

test('a policy alone is looked through, in JSON and in Base64, and what is broken is told', async () => {
  await page.evaluate(() => (location.hash = 'decode'));
  const codes = () => page.locator('#decoded .problems li').evaluateAll((all) => all.map((one) => one.dataset.code));
  const json = Buffer.from(DECODE_EXAMPLES.policy.input, 'base64').toString();
  await page.selectOption('#decode-provider', 's3');
  for (const input of [DECODE_EXAMPLES.policy.input, json]) {
    await page.fill('#decode-input', input);
    await page.locator('#decode[data-state="settled"]').waitFor({ state: 'attached' });
    const found = await codes();
    assert.ok(found.includes('key-unrestricted') && found.includes('no-content-length-range'), found.join());
  }
  await page.fill('#decode-input', '{"expiration": "2026-05-01T09:00:00Z", "conditions": [');
  await page.locator('#decode[data-state="settled"]').waitFor({ state: 'attached' });
  assert.equal((await codes()).length, 1);
});
