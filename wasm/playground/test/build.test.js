// What the builders make equals what the vendors' own SDKs made of the same (tests/vectors), typed into the page's fields.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DECODE_EXAMPLES } from '../examples.js';
import { typed } from '../fields.js';
import { ID, ROOT, SECRET, opened, settled, stage } from './harness.js';

let page, reader;
const here = stage(async () => {
  page = await opened(await here.chrome.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 } }), `${here.site.url}#build`);
  // Reads the HTML that is built, as somebody's own page would.
  reader = await here.chrome.newPage();
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
  await settled(page, 'build');
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

test('a number that is none is told by its label, and its field is marked until it is one', async () => {
  const credentials = { access_key_id: ID, secret: SECRET };
  const values = { bucket: 'photos', key: 'a', region: 'cn-hangzhou', expiresIn: '900' };
  await built('url-oss', credentials, values);
  for (const [language, told] of [['en', '“Life in seconds” is not understood.'], ['zh', '无法识别“有效期（秒）”']]) {
    await page.selectOption('#language', language);
    for (const wrong of ['soon', '0', '-1', '1.5']) {
      await page.fill('#field-expiresIn', wrong);
      await settled(page, 'build');
      assert.ok((await page.locator('#built .trouble').innerText()).startsWith(told));
      assert.deepEqual(await page.locator('#build [aria-invalid]').evaluateAll((all) => all.map(({ id }) => id)), ['field-expiresIn']);
    }
    // Longer than the vendor takes, which the package says.
    await page.fill('#field-expiresIn', '9999999');
    await page.locator('#built [data-trouble="life-out-of-range"]').waitFor();
    assert.equal(await page.getAttribute('#field-expiresIn', 'aria-invalid'), 'true');
    await page.fill('#field-expiresIn', '900');
    await page.locator('#built-url').waitFor();
    assert.equal(await page.locator('#build [aria-invalid]').count(), 0);
  }
  await page.selectOption('#language', 'en');
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
      assert.ok((await text('built-curl')).includes(one.expect.signature), one.id);
      // What a browser makes of the HTML is what the page says, field by field.
      const entries = await sent(await text('built-html'));
      assert.deepEqual(entries.map(([name]) => name), made.map(([name]) => name), one.id);
      entries.forEach(([name, value], at) => assert.ok(made[at][1].includes('left out') ? value.startsWith(made[at][1].slice(0, 300)) : value === made[at][1], `${one.id}: ${name}`));
    }
    assert.equal(cases.length, count);
  });
}

/** What a browser sends of an HTML form, before the file. */
async function sent(html) {
  await reader.setContent(html);
  return reader.evaluate(() => [...new FormData(document.querySelector('form'))].filter(([, value]) => typeof value === 'string'));
}

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

test('the example of KS3 is right in either version', async () => {
  await here.on({}, async (page) => {
    await page.click('#to-build');
    await page.selectOption('#kind', 'url-ks3');
    await page.click('#fill-example');
    await page.selectOption('#field-version', 'v4');
    await page.locator('#built-url pre', { hasText: 'X-Kss-Credential' }).waitFor();
    const url = new URL((await page.locator('#built-url pre').textContent()).trim());
    assert.equal(url.hostname, 'photos.ks3-cn-beijing.ksyuncs.com');
    assert.equal(url.searchParams.get('X-Kss-Credential').split('/')[2], 'BEIJING');
  });
});

test('a signed URL of a private bucket of Kodo is that of its SDK', async () => {
  const one = vectors('kodo', 'kodo-private-url').find(({ id }) => id === 'kodo-priv-simple');
  await built('url-kodo', one.credentials, { url: one.request.url, expiresIn: one.expires, at: one.time });
  assert.equal(await text('built-url'), one.expect.url);
});

test('what is missing is named, what contradicts itself is refused, and a lint is shown', async () => {
  const credentials = { access_key_id: ID, secret: SECRET };
  await built('form-s3', credentials, { bucket: 'photos' });
  assert.match(await page.locator('#built').innerText(), /Still needed: Region, Life in seconds, Key/);
  await assert.rejects(built('token-kodo', credentials, { bucket: 'photos', callbackUrl: 'https://h/' }), /^Error: The vendor would refuse such a policy: callbackUrl needs callbackBody$/);
  await assert.rejects(built('form-s3', credentials, { bucket: 'photos', region: 'r', key: 'k', expiresIn: '900', conditions: '[' }), /“Further conditions” has a line that is no JSON/);
  await assert.rejects(built('url-s3', credentials, { bucket: 'photos', region: 'r', key: 'k', expiresIn: '9000000' }), /no such life/);
  await built('form-s3', credentials, { bucket: 'photos', region: 'us-east-1', keyPrefix: 'user/', expiresIn: '900' });
  const codes = await page.locator('#built .problems li').evaluateAll((all) => all.map((one) => one.dataset.code));
  assert.ok(codes.includes('no-content-length-range'), codes.join());
  await built('form-oss', credentials, { bucket: 'photos', region: 'cn-hangzhou', keyPrefix: 'user/', expiresIn: '900', minSize: '1', maxSize: '10MB', contentType: 'image/*' });
  assert.match(await page.locator('#built .sound').innerText(), /Nothing speaks against this policy/);
  assert.ok((await text('built-policy')).includes('["content-length-range", 1, 10000000]'));
});

test('what is typed for one kind is not taken for another', async () => {
  await here.on({}, async (page) => {
    await page.click('#to-build');
    await page.selectOption('#kind', 'form-oss');
    await page.click('#fill-example');
    await page.selectOption('#kind', 'token-kodo');
    await settled(page, 'build');
    assert.match(await page.locator('#built').innerText(), /Still needed: Bucket/);
    await page.fill('#field-bucket', 'own');
    await page.locator('#built-token').waitFor();
    // And is there again when one comes back.
    await page.selectOption('#kind', 'form-oss');
    await page.locator('#built-form').waitFor();
    assert.deepEqual([await page.inputValue('#field-region'), await page.inputValue('#field-bucket')], ['cn-hangzhou', 'photos']);
    await page.selectOption('#kind', 'url-oss');
    await page.click('#fill-example');
    await page.selectOption('#field-version', 'v1');
    await page.selectOption('#kind', 'url-ks3');
    await page.click('#fill-example');
    await page.locator('#built-url').waitFor();
    assert.equal(await page.inputValue('#field-version'), 'v2');
  });
});

test('a form that no HTML can hold is told, and not shown', async () => {
  await built('form-s3', { access_key_id: ID, secret: SECRET }, { bucket: 'photos', region: 'us-east-1', key: 'a\u0085b', expiresIn: '900' });
  assert.match(await page.locator('#built').innerText(), /No HTML form can send these fields/);
  assert.equal(await page.locator('#built-html').count(), 0);
});

test('what another view stopped is asked once more', async () => {
  await built('url-s3', { access_key_id: ID, secret: SECRET }, { bucket: 'photos', key: 'before', region: 'us-east-1', expiresIn: '900' });
  await page.evaluate(() => {
    // As Stop does in the other view, while this one waits for its answer.
    document.getElementById('field-key').value = 'after';
    document.getElementById('field-key').dispatchEvent(new Event('input', { bubbles: true }));
    const state = document.getElementById('build').dataset;
    const stop = () => (state.state === 'waiting' ? document.getElementById('stop').click() : undefined);
    for (let at = 0; at < 3; at += 1) setTimeout(stop, 145 + 10 * at);
  });
  await settled(page, 'build');
  assert.match(await text('built-url'), /\/after\?/);
});

test('a token is decoded, changed in the builder, and is another', async () => {
  await page.evaluate(() => (location.hash = 'decode'));
  await page.fill('#decode-input', DECODE_EXAMPLES.token.input);
  await settled(page, 'decode');
  assert.match(await page.locator('#decoded').innerText(), /2026-05-01 09:30:15 UTC/);
  await page.click('#edit-token');
  await page.locator('#build:not([hidden])').waitFor();
  assert.deepEqual(await Promise.all(['field-bucket', 'field-key', 'field-deadline', 'access-key-id'].map((id) => page.inputValue(`#${id}`))), ['photos', '2026/harbour.jpg', '2026-05-01T09:30:15Z', ID]);
  await page.fill('#build-secret', SECRET);
  await settled(page, 'build');
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
    await settled(page, 'decode');
    const found = await codes();
    assert.ok(found.includes('key-unrestricted') && found.includes('no-content-length-range'), found.join());
  }
  await page.fill('#decode-input', '{"expiration": "2026-05-01T09:00:00Z", "conditions": [');
  await settled(page, 'decode');
  assert.equal((await codes()).length, 1);
});
