// The package as its users call it: keys, refusals, forms, and what must never happen.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspect } from 'node:util';
import * as all from 'countersign';
import * as kodo from 'countersign/kodo';
import * as oss from 'countersign/oss';
import * as uploads from 'countersign/upload';

const SECRET = 'madeUpSecretOnlyForThisExample';
const CREDENTIALS = { accessKeyId: 'CSIDEXAMPLE0001', secretAccessKey: SECRET };
const AT = Date.parse('2026-03-14T15:09:26Z');

const code = (expected) => (error) => {
  assert.equal(error.name, 'CountersignError');
  assert.equal(error.code, expected, error.message);
  assert.ok(!error.message.includes(SECRET));
  return true;
};

test('before init there is one clear answer, and init is done once', async () => {
  assert.throws(() => oss.presign({ bucket: 'photos', region: 'cn-hangzhou', key: 'a', expiresIn: 60 }, CREDENTIALS), code('not-initialised'));
  assert.throws(() => new oss.Key(CREDENTIALS), code('not-initialised'));
  await assert.rejects(oss.init(new Uint8Array([0, 97, 115, 109])), code('load-failed'));
  const first = oss.init();
  assert.equal(oss.init(), first);
  await first;
  assert.match(oss.presign({ bucket: 'photos', region: 'cn-hangzhou', key: 'a', expiresIn: 60 }, CREDENTIALS).url, /x-oss-signature=/);
});

test('initSync takes bytes', () => {
  kodo.initSync(readFileSync(new URL(import.meta.resolve('countersign/kodo.wasm'))));
  assert.match(kodo.uploadToken({ bucket: 'photos', expiresIn: 60 }, CREDENTIALS), /^CSIDEXAMPLE0001:/);
});

await Promise.all([all.init(), uploads.init()]);

test('a key shows nothing of its secret, and is no use when it was freed', () => {
  const key = new all.Key({ ...CREDENTIALS, sessionToken: 'madeUpToken', expiration: AT });
  assert.equal(key.accessKeyId, 'CSIDEXAMPLE0001');
  assert.equal(+key.expiration, AT);
  assert.equal(key.isTemporary, true);
  const shown = JSON.stringify(key) + Object.getOwnPropertyNames(key).join() + String(key);
  assert.ok(!shown.includes('madeUp'), shown);
  assert.equal(inspect(key), 'Key {}');
  key.free();
  key.free();
  assert.throws(() => all.s3.presign({ bucket: 'b', region: 'r', key: 'k', expiresIn: 1, at: AT - 5000 }, key), code('key-freed'));
});

test('bytes of a secret stay the caller’s, who may wipe them', () => {
  const bytes = new TextEncoder().encode(SECRET);
  const key = new all.Key({ accessKeyId: 'CSIDEXAMPLE0001', secretAccessKey: bytes });
  assert.equal(new TextDecoder().decode(bytes), SECRET);
  bytes.fill(0);
  const options = { bucket: 'photos', region: 'us-east-1', key: 'a', expiresIn: 60, at: AT };
  assert.deepEqual(all.s3.presign(options, key), all.s3.presign(options, CREDENTIALS));
  key.free();
});

test('a secret is in one place while its key lives, and nowhere afterwards', async () => {
  // The exports beneath the package: what was written stays to be seen in this memory alone.
  const { instance } = await WebAssembly.instantiate(readFileSync(new URL(import.meta.resolve('countersign/kodo.wasm'))));
  const { memory, room, key, free, token } = instance.exports;
  const places = () => Buffer.from(memory.buffer).toString('latin1').split(SECRET).length - 1;
  const write = (text) => {
    const at = room(text.length) >>> 0;
    return Buffer.from(memory.buffer, at, text.length).write(text, 'latin1');
  };
  assert.equal(write(`CSIDEXAMPLE0001${SECRET}`), 45);
  assert.equal(places(), 1);
  const number = key(15, 0, 30);
  assert.equal(places(), 1);
  assert.ok(token(number, write('{"scope":"photos"}')) > 60);
  free(number);
  assert.equal(places(), 0);
  assert.equal(token(number, write('{"scope":"photos"}')), 0);
});

test('keys that are dropped make room for others, and text that is not ASCII passes whole', () => {
  const secret = 'madeUpSecret\u{1f511}é';
  const long = 'x'.repeat(100_000);
  for (let round = 0; round < 50; round += 1) {
    const key = new all.Key({ accessKeyId: 'CSIDEXAMPLE0001', secretAccessKey: secret });
    const token = all.kodo.uploadToken(`{"scope":"photos:${'键'.repeat(round)}"}`, key);
    const encoded = Buffer.from(`{"scope":"photos:${'键'.repeat(round)}"}`).toString('base64url');
    assert.equal(token.split(':')[2].replaceAll('=', ''), encoded);
    const mac = createHmac('sha1', secret).update(token.split(':')[2]).digest('base64').replaceAll('+', '-').replaceAll('/', '_');
    assert.equal(token.split(':')[1], mac);
    key.free();
  }
  // A body and a policy that are larger than all before: the memory grows.
  const { headers } = all.s3.sign({ bucket: 'photos', region: 'us-east-1', key: 'a', method: 'PUT', body: long.repeat(20), at: AT }, CREDENTIALS);
  assert.equal(headers['x-amz-content-sha256'], createHash('sha256').update(long.repeat(20)).digest('hex'));
  const token = all.kodo.uploadToken(JSON.stringify({ scope: long.repeat(40) }), CREDENTIALS);
  assert.equal(Buffer.from(token.split(':')[2], 'base64url').length, 4_000_012);
});

test('a key of another entry is told apart', async () => {
  await oss.init();
  const key = new oss.Key(CREDENTIALS);
  assert.throws(() => all.oss.presign({ bucket: 'b', region: 'r', key: 'k', expiresIn: 1 }, key), code('key-foreign'));
  key.free();
});

test('temporary credentials travel along, and nothing outlives them', () => {
  const temporary = { ...CREDENTIALS, sessionToken: 'madeUpToken', expiration: AT + 600_000 };
  const place = { bucket: 'photos-1250000000', region: 'us-east-1', key: 'a.jpg', at: AT };
  for (const [vendor, token] of [
    ['s3', 'X-Amz-Security-Token=madeUpToken'],
    ['oss', 'x-oss-security-token=madeUpToken'],
    ['cos', 'x-cos-security-token=madeUpToken'],
  ]) {
    assert.ok(all[vendor].presign({ ...place, expiresIn: 600 }, temporary).url.includes(token), vendor);
    assert.throws(() => all[vendor].presign({ ...place, expiresIn: 601 }, temporary), code('credentials-expire-first'), vendor);
    const form = all[vendor].uploadForm({ ...place, expiresIn: 600 }, temporary);
    assert.ok(form.fields.some(([name, value]) => /security-token$/.test(name) && value === 'madeUpToken'), vendor);
    assert.throws(() => all[vendor].uploadForm({ ...place, expiresIn: 601 }, temporary), code('credentials-expire-first'), vendor);
  }
  assert.throws(() => all.kodo.uploadToken({ bucket: 'b', expiresIn: 601, at: AT }, temporary), code('credentials-expire-first'));
});

test('a ready policy does not outlive the credentials either, and those that are over sign nothing', () => {
  const temporary = { ...CREDENTIALS, expiration: AT + 600_000 };
  const place = { bucket: 'photos-1250000000', region: 'us-east-1', key: 'a.jpg', at: AT };
  const policy = (expiration) => JSON.stringify({ expiration, conditions: [] });
  for (const vendor of ['s3', 'oss', 'cos', 'ks3']) {
    const form = (expiration, expiresIn = 3600) => all[vendor].uploadForm({ ...place, policy: policy(expiration), expiresIn }, temporary);
    assert.equal(form('2026-03-14T15:19:26.000Z').expiresAt, '2026-03-14T15:19:26Z');
    // Signatures of COS have a life of their own.
    assert.equal(form('2026-03-14T15:19:26.000Z', 60).expiresAt, vendor === 'cos' ? '2026-03-14T15:10:26Z' : '2026-03-14T15:19:26Z');
    assert.throws(() => form('2026-03-14T15:19:27.000Z'), code('credentials-expire-first'), vendor);
    assert.throws(() => form('2099-01-01T00:00:00.000Z'), code('credentials-expire-first'), vendor);
    // Of a policy that does not say when it ends, the life is the one that is given.
    assert.equal(all[vendor].uploadForm({ ...place, policy: 'no JSON', expiresIn: 60 }, temporary).expiresAt, '2026-03-14T15:10:26Z');
    assert.throws(() => all[vendor].uploadForm({ ...place, at: AT + 601_000, policy: policy('2026-03-14T15:12:00.000Z'), expiresIn: 1 }, temporary), code('credentials-expire-first'), vendor);
  }
  const now = Math.floor(Date.now() / 1000);
  const token = (given, expiration) => all.kodo.uploadToken(given, { ...CREDENTIALS, expiration: expiration * 1000 });
  assert.match(token(`{"scope":"b","deadline":${now + 60}}`, now + 60), /^CSIDEXAMPLE0001:/);
  for (const [given, expiration] of [
    [`{"scope":"b","deadline":${now + 61}}`, now + 60],
    ['{"scope":"b","deadline":4000000000}', now - 60],
    ['{"scope":"b","deadline":1}', now - 60],
    ['no JSON', now - 60],
    [{ bucket: 'b', deadline: 1000 }, now - 60],
    [{ bucket: 'b', deadline: (now + 61) * 1000 }, now + 60],
  ]) assert.throws(() => token(given, expiration), code('credentials-expire-first'), JSON.stringify(given));
});

test('Kodo is given no session token, for it documents no place for one', async () => {
  const temporary = { ...CREDENTIALS, sessionToken: 'madeUpToken' };
  const url = 'https://a.example/b';
  await kodo.init();
  for (const vendor of [all.kodo, kodo]) {
    for (const call of [
      () => vendor.uploadToken({ bucket: 'b' }, temporary),
      () => vendor.uploadToken('{"scope":"b"}', temporary),
      () => vendor.uploadForm({ bucket: 'b', region: 'z0' }, temporary),
      () => vendor.presign({ url, expiresIn: 60 }, temporary),
      () => vendor.sign({ url }, temporary),
    ]) assert.throws(call, code('terms-missing'));
  }
});

test('a form allows what was asked for, and nothing else', () => {
  const options = {
    bucket: 'photos',
    region: 'us-east-1',
    keyPrefix: 'u/eric/',
    expiresIn: 900,
    minSize: 1,
    maxSize: 1024,
    contentType: 'image/*',
    successStatus: 201,
    fields: { 'x-amz-meta-owner': 'eric' },
    conditions: [['starts-with', '$x-amz-meta-note', ''], { acl: 'private' }],
    at: AT,
  };
  const form = all.s3.uploadForm(options, CREDENTIALS);
  assert.deepEqual(JSON.parse(Buffer.from(Object.fromEntries(form.fields).policy, 'base64').toString()), {
    expiration: '2026-03-14T15:24:26.000Z',
    conditions: [
      { bucket: 'photos' },
      ['starts-with', '$key', 'u/eric/'],
      ['starts-with', '$Content-Type', 'image/'],
      { success_action_status: '201' },
      { 'x-amz-meta-owner': 'eric' },
      ['content-length-range', 1, 1024],
      ['starts-with', '$x-amz-meta-note', ''],
      { acl: 'private' },
      { 'x-amz-algorithm': 'AWS4-HMAC-SHA256' },
      { 'x-amz-credential': 'CSIDEXAMPLE0001/20260314/us-east-1/s3/aws4_request' },
      { 'x-amz-date': '20260314T150926Z' },
    ],
  });
  assert.deepEqual(JSON.parse(JSON.stringify(form)), form);
  const data = all.toFormData(form, new File(['x'], 'cat.png', { type: 'image/png' }), { key: 'u/eric/cat.png' });
  const names = [...data.keys()];
  assert.equal(names.at(-1), 'file');
  assert.deepEqual([data.get('key'), data.get('Content-Type'), data.get('file').name], ['u/eric/cat.png', 'image/png', 'cat.png']);
  assert.throws(() => all.toFormData(form, new Blob(['x']), { key: 'u/anna/cat.png' }), code('bad-argument'));
  const [url, init] = all.toFetch(form, new Blob(['x']));
  assert.deepEqual([url, init.method, init.body instanceof FormData], ['https://photos.s3.us-east-1.amazonaws.com/', 'POST', true]);
});

test('the forms of the README are of one shape', () => {
  const place = { bucket: 'photos', region: 'cn-hangzhou', keyPrefix: 'user/eric/', expiresIn: 900 };
  const forms = ['cos', 'ks3', 'oss', 's3'].map((vendor) => all[vendor].uploadForm({ ...place, maxSize: 10 << 20, contentType: 'image/*' }, CREDENTIALS));
  forms.push(all.kodo.uploadForm({ ...place, region: 'z0', fsizeLimit: 10 << 20, mimeLimit: 'image/*' }, CREDENTIALS));
  const shape = ['provider', 'scheme', 'method', 'url', 'fields', 'fileField', 'expiresAt', 'limits'];
  for (const form of forms) {
    assert.deepEqual(Object.keys(form), shape, form.provider);
    assert.deepEqual(form.limits, { keyPrefix: 'user/eric/', maxSize: 10 << 20, contentType: 'image/*' }, form.provider);
  }
});

test('the entry for uploads of all vendors makes the same forms and tokens', () => {
  const place = { bucket: 'photos', region: 'cn-hangzhou', keyPrefix: 'user/eric/', expiresIn: 900, at: AT, fields: { 'x-a': 'b' } };
  for (const vendor of ['cos', 'ks3', 'oss', 's3']) {
    assert.deepEqual(uploads[vendor].uploadForm(place, CREDENTIALS), all[vendor].uploadForm(place, CREDENTIALS), vendor);
    assert.deepEqual(Object.keys(uploads[vendor]), ['uploadForm']);
  }
  const policy = { bucket: 'photos', key: 'a.jpg', expiresIn: 900, at: AT };
  assert.equal(uploads.kodo.uploadToken(policy, CREDENTIALS), all.kodo.uploadToken(policy, CREDENTIALS));
  assert.deepEqual(uploads.kodo.uploadForm({ ...policy, region: 'z0' }, CREDENTIALS), all.kodo.uploadForm({ ...policy, region: 'z0' }, CREDENTIALS));
});

test('what the vendor would refuse is not signed', () => {
  const form = (more) => () => all.s3.uploadForm({ bucket: 'b', region: 'r', keyPrefix: '', expiresIn: 60, ...more }, CREDENTIALS);
  assert.throws(form({ conditions: [['in', '$key', ['a']]] }), code('policy-refused'));
  assert.throws(form({ minSize: 2, maxSize: 1 }), code('policy-refused'));
  assert.throws(form({ key: 'a' }), code('bad-argument'));
  assert.throws(() => all.s3.presign({ bucket: 'b', key: 'k', region: 'r', expiresIn: 604_801 }, CREDENTIALS), code('life-out-of-range'));
  assert.throws(() => all.s3.presign({ url: 'https://b.example/k?X-Amz-Signature=1&X-Amz-Credential=a', region: 'r', expiresIn: 1 }, CREDENTIALS), code('already-signed'));
  assert.throws(() => all.oss.presign({ url: 'https://b.oss-cn-hangzhou.aliyuncs.com/k', expiresIn: 1 }, CREDENTIALS), code('terms-missing'));
  assert.throws(() => all.s3.presign({ url: 'ftp://b/k', region: 'r', expiresIn: 1 }, CREDENTIALS), code('url-unusable'));
  assert.throws(() => all.s3.presign({ bucket: 'b', key: 'a/../b', region: 'r', expiresIn: 1 }, CREDENTIALS), code('bad-argument'));
  assert.throws(() => all.kodo.uploadToken({ bucket: 'b', callbackUrl: 'https://h/', returnUrl: 'https://h/', callbackBody: 'k' }, CREDENTIALS), code('policy-refused'));
  assert.throws(() => all.kodo.uploadToken({ bucket: 'b', fsizelimit: 1 }, CREDENTIALS), code('bad-argument'));
  assert.throws(() => all.kodo.uploadToken({ bucket: 'b\0c' }, CREDENTIALS), code('bad-argument'));
  assert.throws(() => all.kodo.uploadToken({ bucket: 'b' }, { accessKeyId: 'a' }), code('bad-argument'));
  assert.throws(() => all.s3.presign({ bucket: 'b', key: 'k', region: 'r', expiresIn: 'soon' }, CREDENTIALS), code('bad-argument'));
});

test('a put policy says what the options say', () => {
  const token = all.kodo.uploadToken(
    { bucket: 'photos', keyPrefix: 'u/', deadline: AT, insertOnly: true, fsizeLimit: 1024, mimeLimit: 'image/*', keyLimit: ['u/a', 'u/b'], detectMime: -1 },
    CREDENTIALS,
  );
  const policy = JSON.parse(Buffer.from(token.split(':')[2], 'base64url').toString());
  assert.deepEqual(policy, {
    scope: 'photos:u/',
    deadline: AT / 1000,
    isPrefixalScope: 1,
    insertOnly: 1,
    fsizeLimit: 1024,
    detectMime: -1,
    mimeLimit: 'image/*',
    keylimit: ['u/a', 'u/b'],
  });
});

test('the requests of an upload in parts are signed', () => {
  const target = { bucket: 'photos', region: 'us-east-1', key: 'film.mp4', expiresIn: 900, at: AT };
  const { create } = all.s3.presignMultipart({ ...target, headers: { 'Content-Type': 'video/mp4' } }, CREDENTIALS);
  assert.deepEqual([create.method, create.headers], ['POST', { 'Content-Type': 'video/mp4' }]);
  assert.match(create.url, /film\.mp4\?uploads&X-Amz-/);
  const rest = all.s3.presignMultipart({ ...target, uploadId: 'u', partNumbers: [1, 2] }, CREDENTIALS);
  assert.deepEqual([rest.parts.length, rest.list.method, rest.complete.method, rest.abort.method], [2, 'GET', 'POST', 'DELETE']);
});

test('a file is checked before it is sent', () => {
  const form = { expiresAt: '2026-03-14T16:00:00Z', limits: { keyPrefix: 'u/', minSize: 1, maxSize: 10, contentType: 'image/*' } };
  const codes = (file, choices) => all.checkFile(form, file, { at: AT, ...choices }).map((problem) => problem.code);
  assert.deepEqual(codes({ size: 5, type: 'image/png' }, { key: 'u/a' }), []);
  assert.deepEqual(codes({ size: 11, type: 'text/html' }, { key: 'v/a' }), ['too-large', 'type-not-allowed', 'key-not-allowed']);
  assert.deepEqual(codes({ size: 0, type: 'image/png' }), ['too-small']);
  assert.deepEqual(codes({ size: 5, type: 'image/png' }, { at: AT + 3_600_000 }), ['expired']);
});

test('the package logs nothing, and evaluates nothing', () => {
  const program = `
    const said = [];
    for (const name of ['log', 'warn', 'error', 'info', 'debug']) console[name] = (...all) => said.push(all);
    const all = require('countersign');
    all.init().then(() => {
      try { all.s3.presign({ url: 'nonsense', region: 'r', expiresIn: 1 }, { accessKeyId: 'a', secretAccessKey: 'b' }); } catch {}
      process.stdout.write(String(said.length));
    });`;
  // Without code generation from strings: what a strict Content-Security-Policy does.
  const said = execFileSync(process.execPath, ['--disallow-code-generation-from-strings', '--input-type=commonjs', '-e', program], {
    cwd: new URL('.', import.meta.url),
    encoding: 'utf8',
  });
  assert.equal(said, '0');
});

test('no option reaches over into another', () => {
  const target = { bucket: 'photos', region: 'cn-hangzhou', key: 'a', expiresIn: 60, at: AT };
  // Fields go to the WebAssembly with NUL between them: this region would bring a signed header along.
  const shifting = 'r\0s\0b\0path\0body\0\0x-oss-acl\0public-read';
  for (const name of ['region', 'service', 'bucket', 'addressing']) assert.throws(() => all.oss.presign({ ...target, url: 'https://photos.oss-cn-hangzhou.aliyuncs.com/a', [name]: shifting }, CREDENTIALS), code('bad-argument'), name);
});

test('times and lives that nobody can name are refused', () => {
  const target = { bucket: 'photos', region: 'us-east-1', key: 'a', at: AT };
  for (const provider of ['oss', 's3', 'cos', 'ks3']) {
    for (const call of ['presign', 'uploadForm']) assert.throws(() => all[provider][call]({ ...target, expiresIn: 1e15 }, CREDENTIALS), code('bad-argument'), `${provider} ${call}`);
    for (const at of [1e18, -1e18, Infinity, 'soon', '+010000-01-01T00:00:00Z']) assert.throws(() => all[provider].presign({ ...target, expiresIn: 60, at }, CREDENTIALS), code('bad-argument'), `${at}`);
  }
  assert.throws(() => all.kodo.uploadToken({ bucket: 'photos', expiresIn: 1e15 }, CREDENTIALS), code('bad-argument'));
});

test('a region of KS3 is known by its name in scopes and by that in hosts', () => {
  const target = { bucket: 'photos', key: 'a', expiresIn: 60, at: AT };
  const listed = [...readFileSync(new URL('../../crates/countersign/src/providers/ks3/hosts.rs', import.meta.url), 'utf8').matchAll(/\("(ks[\w-]+)", "(\w+)"\)/g)];
  assert.ok(listed.length >= 12);
  for (const [, host, scope] of listed) {
    for (const region of [scope, ...(host.startsWith('ks3-') ? [host.slice(4)] : [])]) {
      const { url } = all.ks3.presign({ ...target, region, version: 'v4' }, CREDENTIALS);
      assert.ok(url.startsWith(`https://photos.${host}.ksyuncs.com/a?`), url);
      assert.equal(new URL(url).searchParams.get('X-Kss-Credential').split('/')[2], scope);
      assert.equal(new URL(all.ks3.presign({ ...target, region }, CREDENTIALS).url).hostname, `photos.${host}.ksyuncs.com`);
      assert.equal(all.ks3.uploadForm({ ...target, region }, CREDENTIALS).url, `https://photos.${host}.ksyuncs.com/`);
      assert.ok(all.ks3.sign({ ...target, region, version: 'v4', method: 'GET' }, CREDENTIALS).headers.Authorization.includes(`/${scope}/`));
    }
  }
  const other = all.ks3.presign({ ...target, region: 'cn-new-1', version: 'v4' }, CREDENTIALS).url;
  assert.ok(other.startsWith('https://photos.ks3-cn-new-1.ksyuncs.com/a?') && other.includes('cn-new-1%2Fks3'), other);
});

test('a path of KS3 is sent as it is signed', () => {
  const path = (key, version) => new URL(all.ks3.presign({ bucket: 'photos', region: 'BEIJING', key, expiresIn: 900, version }, CREDENTIALS).url).pathname;
  // Version 2 signs every second slash of a run as an escape.
  assert.deepEqual(['a//b///c', '/lead', 'a/b'].map((key) => path(key, 'v2')), ['/a/%2Fb/%2F/c', '/%2Flead', '/a/b']);
  assert.equal(path('a//b', 'v4'), '/a//b');
});
