// Policies are written in JavaScript; the library judges them by its own rules, and the two must agree.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFile, cos, init, kodo, ks3, oss, s3, toFormData } from 'countersign';
import { checkForm, init as initExplain, lint } from 'countersign/explain';

await Promise.all([init(), initExplain()]);

const CREDENTIALS = { accessKeyId: 'CSIDEXAMPLE0001', secretAccessKey: 'madeUpSecretOnlyForThisExample' };
const AT = Date.parse('2026-03-14T15:09:26Z');

const VENDORS = { cos, ks3, oss, s3 };

for (const [provider, versions] of Object.entries({ cos: [{}], ks3: [{}], oss: [{ version: 'v4' }, { version: 'v1' }], s3: [{}] })) {
  for (const version of versions) {
    // The forms of KS3 have no field for a token.
    for (const temporary of provider === 'ks3' ? [{}] : [{}, { sessionToken: 'madeUpToken' }]) {
      test(`the server of ${provider} would take the form ${JSON.stringify({ ...version, ...temporary })}, and nothing beyond it`, () => {
        const options = { bucket: 'photos', region: 'cn-hangzhou', keyPrefix: 'u/', minSize: 1, maxSize: 1024, contentType: 'image/png', successStatus: 201, expiresIn: 900, at: AT, ...version };
        const form = VENDORS[provider].uploadForm(options, { ...CREDENTIALS, ...temporary });
        const judged = (fields, file = { name: 'cat.png', size: 12 }, at = AT) => checkForm({ fields, provider, bucket: 'photos', file, at });
        const right = judged(form.fields);
        assert.deepEqual([right.verdict, right.refusals], ['accepted', []]);
        // A lint would be a fault of what is written here; what is left is said of every form.
        assert.deepEqual(right.lints.map(({ code }) => code), []);
        const changed = (name, value) => form.fields.map(([own, old]) => [own, own === name ? value : old]);
        assert.equal(judged(changed('key', 'v/cat.png')).verdict, 'refused');
        assert.equal(judged(changed('Content-Type', 'text/html')).verdict, 'refused');
        // KS3 counts the fields and the boundaries of the form with the file: there is room for them.
        const most = provider === 'ks3' ? 1024 + 16_384 : 1024;
        assert.equal(judged(form.fields, { name: 'cat.png', size: most }).verdict, 'accepted');
        assert.equal(judged(form.fields, { name: 'cat.png', size: most + 1 }).verdict, 'refused');
        assert.equal(judged(form.fields, { name: 'cat.png', size: 12 }, AT + 901_000).verdict, 'refused');
      });
    }
  }
}

test('a file of just the size that is allowed can be uploaded to KS3, which counts the whole request', async () => {
  const form = ks3.uploadForm({ bucket: 'photos', region: 'BEIJING', keyPrefix: 'u/', maxSize: 1000, expiresIn: 900, at: AT }, CREDENTIALS);
  const file = new File([new Uint8Array(1000)], 'cat.png', { type: 'image/png' });
  const { size } = await new Response(toFormData(form, file)).blob();
  assert.ok(size > 1000);
  const [, least, most] = JSON.parse(atob(Object.fromEntries(form.fields).policy)).conditions.find((one) => one[0] === 'content-length-range');
  assert.ok(least <= size && size <= most, `${size} bytes are from ${least} to ${most}`);
  const codes = (length) => checkFile(form, { size: length }, { at: AT }).map(({ code }) => code);
  assert.deepEqual([codes(1000), codes(1001)], [[], ['too-large']]);
});

test('a form of KS3 is not signed with a session token, which it could not carry', () => {
  const signed = () => ks3.uploadForm({ bucket: 'photos', region: 'cn-hangzhou', keyPrefix: 'u/', expiresIn: 900, at: AT }, { ...CREDENTIALS, sessionToken: 'madeUpToken' });
  assert.throws(signed, { code: 'terms-missing', message: /long-lived key/ });
});

const token = (policy) => {
  try {
    kodo.uploadToken({ bucket: 'photos', deadline: AT, ...policy }, CREDENTIALS);
    return true;
  } catch (error) {
    assert.equal(error.code, 'policy-refused', error.message);
    return false;
  }
};

/** The same policy as JSON, judged by the library. */
const isSound = (policy) => {
  const { bucket = 'photos', key, keyPrefix, keyLimit, insertOnly, callbackFetchKey, ...rest } = { deadline: AT, ...policy };
  const named = key ?? keyPrefix;
  const json = {
    scope: named === undefined ? bucket : `${bucket}:${named}`,
    ...rest,
    deadline: Math.floor(rest.deadline / 1000),
    ...(keyPrefix === undefined ? {} : { isPrefixalScope: 1 }),
    ...(keyLimit === undefined ? {} : { keylimit: keyLimit }),
    ...(insertOnly ? { insertOnly: 1 } : {}),
    ...(callbackFetchKey ? { callbackFetchKey: 1 } : {}),
  };
  // Kodo takes these.
  const allowed = ['no-fsize-limit', 'expiration-passed', 'expiration-over-a-day-ahead'];
  return lint({ policy: JSON.stringify(json), provider: 'kodo', at: AT }).every(({ code }) => allowed.includes(code));
};

test('put policies are refused where the library refuses them, and nowhere else', () => {
  const callback = { callbackUrl: 'https://h/', callbackBody: 'k=$(key)' };
  for (const policy of [
    {},
    { key: 'a' },
    { keyPrefix: 'u/' },
    { key: 'k'.repeat(750) },
    { key: 'k'.repeat(751) },
    { key: '键'.repeat(250) },
    { key: '键'.repeat(251) },
    { bucket: '' },
    { deadline: 4_294_967_295_000 },
    { deadline: 4_294_967_296_000 },
    callback,
    { ...callback, returnUrl: 'https://h/' },
    { ...callback, returnBody: '{}' },
    { callbackUrl: 'https://h/' },
    { callbackUrl: 'https://h/', callbackBody: '' },
    { callbackBody: 'k' },
    { callbackHost: 'h' },
    { callbackFetchKey: true },
    { ...callback, callbackFetchKey: true, callbackHost: 'h', callbackBodyType: 'application/json' },
    { ...callback, callbackBodyType: 'text/plain' },
    { callbackBodyType: 'application/json' },
    { forceSaveKey: true },
    { forceSaveKey: true, saveKey: 'a' },
    { persistentOps: 'avthumb/mp4', fileType: 1 },
    { persistentOps: 'avthumb/mp4', fileType: 2 },
    { persistentOps: 'avthumb/mp4', fileType: 3 },
    { persistentOps: 'avthumb/mp4', persistentWorkflowTemplateID: 'w' },
    { persistentType: 2 },
    { fileType: 6 },
    { detectMime: -2 },
    { fsizeMin: 5, fsizeLimit: 5 },
    { fsizeMin: 6, fsizeLimit: 5 },
    { fsizeLimit: -1 },
    { trafficLimit: 819_199 },
    { trafficLimit: 819_200 },
    { trafficLimit: 838_860_801 },
    { keyLimit: Array.from({ length: 20 }, (_, at) => String(at)) },
    { keyLimit: Array.from({ length: 21 }, (_, at) => String(at)) },
    { insertOnly: true, endUser: 'eric', mimeLimit: 'image/*', deleteAfterDays: 7, returnUrl: 'https://h/', returnBody: '{}' },
  ]) {
    assert.equal(token(policy), isSound(policy), JSON.stringify(policy).slice(0, 100));
  }
  // As JSON it would be a bucket and a key.
  assert.equal(token({ bucket: 'a:b' }), false);
});
