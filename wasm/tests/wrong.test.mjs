// What is wrong is refused by name: never with an error of the engine, and never by signing something else.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as all from 'countersign';
import * as explainer from 'countersign/explain';

await Promise.all([all.init(), explainer.init()]);

const CREDENTIALS = { accessKeyId: 'CSIDEXAMPLE0001', secretAccessKey: 'madeUpSecretOnlyForThisExample' };
const AT = Date.parse('2026-03-14T15:09:26Z');
const OBJECT = { bucket: 'photos', region: 'us-east-1', key: 'a', expiresIn: 60, at: AT };
const FORM = { ...OBJECT, conditions: [], fields: {} };
const LONE = 'a\ud800b';
const WRONG = [null, undefined, 5, -1, 1.5, NaN, Infinity, 10n, 'x', '', LONE, 'a\0b', Symbol('s'), () => 1, true, {}, [], [5], [[LONE, 'b']]];

const code = (expected, named) => (error) => {
  assert.equal(error.name, 'CountersignError', `${error}`);
  assert.equal(error.code, expected, error.message);
  if (named !== undefined) assert.ok(error.message.includes(`\`${named}\``), error.message);
  return true;
};

/** Whatever comes of it, an error is one of the package's. */
const isOurs = async (call, what) => {
  try {
    return await call();
  } catch (error) {
    assert.equal(error.name, 'CountersignError', `${what}: ${error.stack}`);
    return undefined;
  }
};

test('whatever is given where, errors are the package’s own', async () => {
  const calls = [];
  const over = (what, options, names, call) => {
    for (const wrong of WRONG) {
      calls.push([`${what}(${String(wrong)})`, () => call(wrong)]);
      for (const name of names) calls.push([`${what} ${name}: ${String(wrong)}`, () => call({ ...options, [name]: wrong })]);
    }
  };
  const target = ['bucket', 'region', 'endpoint', 'addressing', 'service', 'key', 'url', 'method', 'expiresIn', 'headers', 'signedHeaders', 'query', 'at', 'version'];
  for (const provider of ['cos', 'ks3', 'oss', 's3']) {
    const vendor = all[provider];
    over(`${provider}.presign`, OBJECT, target, (options) => vendor.presign(options, CREDENTIALS));
    over(`${provider}.sign`, { ...OBJECT, method: 'PUT' }, [...target, 'body'], (options) => vendor.sign(options, CREDENTIALS));
    over(`${provider}.presignMultipart`, { ...OBJECT, uploadId: 'u' }, ['uploadId', 'partNumbers', 'headers'], (options) => vendor.presignMultipart(options, CREDENTIALS));
    const form = ['bucket', 'region', 'endpoint', 'key', 'keyPrefix', 'expiresIn', 'minSize', 'maxSize', 'contentType', 'fields', 'conditions', 'policy', 'successStatus', 'at', 'version'];
    over(`${provider}.uploadForm`, FORM, form, (options) => vendor.uploadForm(options, CREDENTIALS));
    for (const wrong of WRONG) calls.push([`${provider}.presign for ${String(wrong)}`, () => vendor.presign(OBJECT, wrong)]);
  }
  const token = ['bucket', 'key', 'keyPrefix', 'expiresIn', 'deadline', 'insertOnly', 'forceSaveKey', 'endUser', 'callbackUrl', 'fsizeLimit', 'mimeLimit', 'keyLimit', 'detectMime', 'region', 'endpoint'];
  over('kodo.uploadToken', { bucket: 'photos' }, token, (policy) => all.kodo.uploadToken(policy, CREDENTIALS));
  over('kodo.uploadForm', { bucket: 'photos', region: 'z0' }, token, (policy) => all.kodo.uploadForm(policy, CREDENTIALS));
  over('kodo.presign', { url: 'https://a.example/b', expiresIn: 60 }, ['url', 'expiresIn', 'at'], (options) => all.kodo.presign(options, CREDENTIALS));
  over('kodo.sign', { url: 'https://a.example/b' }, ['url', 'method', 'headers', 'body', 'version', 'at'], (options) => all.kodo.sign(options, CREDENTIALS));
  over('new Key', CREDENTIALS, ['accessKeyId', 'secretAccessKey', 'sessionToken', 'expiration'], (credentials) => new all.Key(credentials).free());
  const form = all.s3.uploadForm({ ...FORM, contentType: 'image/*' }, CREDENTIALS);
  const file = new File(['a'], 'a.png');
  for (const name of ['toFormData', 'toFetch', 'checkFile']) {
    over(name, form, ['fields', 'limits', 'url', 'expiresAt'], (wrong) => all[name](wrong, file));
    over(`${name} of a file`, { size: 1 }, ['size', 'type'], (wrong) => (name === 'toFetch' ? undefined : all[name](form, wrong)));
    over(`${name} with choices`, {}, ['key', 'fileName', 'contentType', 'at'], (choices) => all[name](form, file, choices));
  }
  over('toFetch of a request', all.s3.presign(OBJECT, CREDENTIALS), ['url', 'headers', 'fields'], (request) => all.toFetch(request, file));
  const asked = ['input', 'error', 'secrets', 'depth', 'budget', 'redact', 'stack', 'lang', 'at', 'provider', 'scheme', 'pick', 'region', 'addressing', 'method'];
  const input = 'GET /a HTTP/1.1\r\nHost: photos.oss-cn-hangzhou.aliyuncs.com\r\nDate: Fri, 01 May 2026 08:30:15 GMT\r\nAuthorization: OSS CSIDEXAMPLE0001:1pq+aV94wnlIgoFEkTNHGK9y8+w=\r\n\r\n';
  for (const name of ['explain', 'verify', 'decode']) over(name, { input, secrets: ['x'] }, asked, explainer[name]);
  over('checkForm', form, ['fields', 'provider', 'bucket', 'file', 'at', 'lang'], explainer.checkForm);
  over('lint', { policy: '{}', provider: 'oss' }, ['policy', 'provider', 'fields', 'at', 'lang'], explainer.lint);
  over('errorInfo', {}, [], explainer.errorInfo);
  assert.ok(calls.length > 3000, `${calls.length}`);
  for (const [what, call] of calls) await isOurs(call, what);
});

test('half of a surrogate pair is in no string that is signed', () => {
  for (const name of ['bucket', 'region', 'endpoint', 'key', 'url', 'method', 'service']) assert.throws(() => all.s3.presign({ ...OBJECT, [name]: LONE }, CREDENTIALS), code('bad-argument', name), name);
  for (const given of [{ [LONE]: 'a' }, { a: LONE }]) {
    assert.throws(() => all.s3.presign({ ...OBJECT, headers: given }, CREDENTIALS), code('bad-argument'));
    assert.throws(() => all.s3.presign({ ...OBJECT, query: given }, CREDENTIALS), code('bad-argument'));
    assert.throws(() => all.s3.uploadForm({ ...OBJECT, fields: given }, CREDENTIALS), code('bad-argument'));
    assert.throws(() => all.s3.uploadForm({ ...OBJECT, conditions: [given] }, CREDENTIALS), code('bad-argument'));
  }
  assert.throws(() => all.s3.uploadForm({ ...OBJECT, conditions: [['eq', '$acl', LONE]] }, CREDENTIALS), code('bad-argument'));
  assert.throws(() => all.s3.uploadForm({ ...OBJECT, contentType: `${LONE}*` }, CREDENTIALS), code('bad-argument', 'contentType'));
  assert.throws(() => all.s3.uploadForm({ ...OBJECT, policy: LONE }, CREDENTIALS), code('bad-argument', 'policy'));
  assert.throws(() => all.s3.presignMultipart({ ...OBJECT, uploadId: LONE }, CREDENTIALS), code('bad-argument', 'uploadId'));
  assert.throws(() => all.s3.sign({ ...OBJECT, method: 'PUT', body: LONE }, CREDENTIALS), code('bad-argument', 'body'));
  assert.throws(() => all.kodo.uploadToken(LONE, CREDENTIALS), code('bad-argument', 'policy'));
  assert.throws(() => all.kodo.uploadToken({ bucket: 'b', endUser: LONE }, CREDENTIALS), code('bad-argument', 'endUser'));
  for (const name of ['accessKeyId', 'secretAccessKey', 'sessionToken']) assert.throws(() => new all.Key({ ...CREDENTIALS, [name]: LONE }), code('bad-argument', name));
  assert.match(all.s3.presign({ ...OBJECT, key: '\u{1f511}' }, CREDENTIALS).url, /%F0%9F%94%91/);
});

test('the field that is wrong is named', () => {
  const refused = (vendor, call, options, name) => assert.throws(() => all[vendor][call](options === null ? null : { ...OBJECT, ...options }, CREDENTIALS), code('bad-argument', name), name);
  refused('s3', 'presign', null, 'options');
  for (const options of [{ addressing: 'path-style' }, { addressing: 'Path' }]) refused('s3', 'presign', options, 'addressing');
  for (const signedHeaders of ['x', null, 5, [5]]) refused('s3', 'presign', { signedHeaders }, 'signedHeaders');
  for (const at of [null, {}, true]) refused('s3', 'presign', { at }, 'at');
  for (const headers of [null, 'a', [5], ['ab']]) refused('s3', 'presign', { headers }, 'headers');
  refused('s3', 'presign', { headers: { a: undefined } }, 'a');
  // A line break begins another line of the signed text, and of two headers of one name one would be sent.
  for (const value of ['image/png\n1900000000\n/photos/b.jpg', 'a\r\nb', '\r']) for (const vendor of ['s3', 'ks3', 'oss']) refused(vendor, 'presign', { region: 'cn-beijing', headers: { 'Content-Type': value } }, 'headers');
  for (const headers of [[['x-amz-meta-a', '1'], ['x-amz-meta-a', '2']], { 'X-A': '1', 'x-a': '2' }]) refused('s3', 'presign', { headers }, 'headers');
  for (const wrong of [NaN, Infinity]) refused('s3', 'uploadForm', { conditions: [['eq', '$x-amz-meta-a', wrong]] }, '$x-amz-meta-a');
  refused('s3', 'presign', { bucket: '' }, 'bucket');
  refused('s3', 'uploadForm', { bucket: '' }, 'bucket');
  for (const partNumbers of [5, null, [0], [10_001], [1.5], ['1'], [-1]]) refused('s3', 'presignMultipart', { uploadId: 'u', partNumbers }, 'partNumbers');
  for (const uploadId of [null, '', 5]) refused('s3', 'presignMultipart', { uploadId }, 'uploadId');
  for (const successStatus of [302, 'x', null, true]) refused('s3', 'uploadForm', { successStatus }, 'successStatus');
  for (const conditions of [null, 'x', 5, [5]]) refused('s3', 'uploadForm', { conditions }, 'conditions');
  refused('s3', 'uploadForm', { contentType: 5 }, 'contentType');
  const token = (policy) => () => all.kodo.uploadToken(policy, CREDENTIALS);
  assert.throws(token({ bucket: 'b', keyLimit: 'x' }), code('bad-argument', 'keyLimit'));
  assert.throws(token({ bucket: 'b', insertOnly: 'no' }), code('bad-argument', 'insertOnly'));
  assert.throws(token({ bucket: 'b', deadline: null }), code('bad-argument', 'deadline'));
  assert.throws(() => all.kodo.sign({ url: 'https://a.example/b', version: 'v3' }, CREDENTIALS), code('bad-argument', 'version'));
  assert.throws(() => new all.Key({ ...CREDENTIALS, expiration: null }), code('bad-argument', 'expiration'));
  for (const wrong of [null, undefined, 5]) {
    assert.throws(() => all.toFetch(wrong), code('bad-argument', 'request'));
    assert.throws(() => all.toFormData(wrong, new Blob([])), code('bad-argument', 'form'));
    assert.throws(() => all.checkFile(wrong, new Blob([])), code('bad-argument', 'form'));
    assert.throws(() => all.toFormData({ fields: [] }, wrong), code('bad-argument', 'file'));
    assert.throws(() => explainer.explain(wrong), code('bad-argument', 'options'));
    assert.throws(() => explainer.lint(wrong), code('bad-argument', 'options'));
    assert.throws(() => explainer.checkForm(wrong), code('bad-argument', 'options'));
  }
  assert.throws(() => explainer.explain({ input: 'x', secrets: 'x' }), code('bad-argument', 'secrets'));
});

test('options that no form has are refused: misspelt, they would leave it open', () => {
  for (const vendor of ['cos', 'ks3', 'oss', 's3']) {
    for (const name of ['maxsize', 'max_size', 'contenttype', 'key_prefix', 'expires']) {
      assert.throws(() => all[vendor].uploadForm({ ...FORM, [name]: 10 }, CREDENTIALS), code('bad-argument', name));
    }
  }
  assert.throws(() => all.s3.uploadForm({ ...FORM, keyPrefix: 'a' }, CREDENTIALS), code('bad-argument', 'keyPrefix'));
});

test('a method is signed in capitals, as it is sent, and what is none is refused', () => {
  for (const [vendor, region] of [['cos', 'ap-guangzhou'], ['ks3', 'BEIJING'], ['oss', 'cn-hangzhou'], ['s3', 'us-east-1']]) {
    const signed = (method) => [all[vendor].presign({ ...OBJECT, region, method }, CREDENTIALS), all[vendor].sign({ ...OBJECT, region, method }, CREDENTIALS)];
    for (const method of ['put', 'Delete', 'patch']) assert.deepEqual(signed(method), signed(method.toUpperCase()));
    for (const method of ['', ' ', '../x', 'G ET', 'PUT ']) assert.throws(() => signed(method), code('bad-argument', 'method'));
  }
});

test('a scope has no further slashes', () => {
  const options = { ...OBJECT, endpoint: 'https://s3.example.com' };
  for (const vendor of ['ks3', 'oss', 's3']) {
    for (const wrong of [{ region: 'a/b' }, { service: 'a/b' }]) {
      assert.throws(() => all[vendor].presign({ ...options, ...wrong, version: undefined }, CREDENTIALS), code('bad-argument', Object.keys(wrong)[0]));
    }
  }
  for (const vendor of ['oss', 's3']) assert.throws(() => all[vendor].uploadForm({ ...options, region: 'a/b' }, CREDENTIALS), code('bad-argument', 'region'));
});

test('Kodo signs URLs, whose hosts no bucket tells', () => {
  for (const where of [{}, { bucket: 'photos', region: 'z0', key: 'a' }, { bucket: 'photos', endpoint: 'https://rs.qiniuapi.com', key: 'a' }]) {
    for (const call of ['presign', 'sign']) assert.throws(() => all.kodo[call]({ ...where, expiresIn: 60 }, CREDENTIALS), code('terms-missing'));
  }
});

test('who explains is asked for no more than there is', () => {
  for (const depth of [-1, 4, 9, 1.5, '2', NaN]) assert.throws(() => explainer.explain({ input: 'x', depth }), code('bad-argument', 'depth'));
  for (const provider of ['floppy', 'OSS']) {
    assert.throws(() => explainer.lint({ policy: '{}', provider }), code('bad-argument', 'provider'));
    assert.throws(() => explainer.checkForm({ fields: { token: 'a:b:e30=' }, provider }), code('bad-argument', 'provider'));
  }
});

test('an error is one of the package’s, whichever entry it comes from', () => {
  const caught = (call) => {
    try {
      return call();
    } catch (error) {
      return error;
    }
  };
  const errors = [caught(() => new all.Key({})), caught(() => explainer.explain(null))];
  for (const error of errors) for (const entry of [all, explainer]) assert.ok(error instanceof entry.CountersignError);
  assert.ok(!(new Error('another') instanceof all.CountersignError));
});

test('a key that is there and empty is not the bucket', () => {
  for (const key of [undefined, null, '']) {
    assert.throws(() => all.s3.presign({ ...OBJECT, key, method: 'DELETE' }, CREDENTIALS), code('bad-argument', 'key'));
    assert.throws(() => all.oss.sign({ ...OBJECT, key, method: 'DELETE' }, CREDENTIALS), code('bad-argument', 'key'));
  }
  for (const name of ['key', 'keyPrefix']) for (const value of [undefined, null]) assert.throws(() => all.kodo.uploadToken({ bucket: 'photos', [name]: value }, CREDENTIALS), code('bad-argument', 'key'));
  const { key, ...bucket } = OBJECT;
  // Beside a URL it says nothing.
  assert.match(all.s3.presign({ ...bucket, key: undefined, url: 'https://b.example/a' }, CREDENTIALS).url, /^https:\/\/b\.example\/a\?X-Amz/);
  assert.match(all.s3.presign({ ...bucket, method: 'DELETE' }, CREDENTIALS).url, /^https:\/\/photos\.s3\.us-east-1\.amazonaws\.com\/\?X-Amz/);
  assert.match(all.kodo.uploadToken({ bucket: 'photos', keyPrefix: 'u/', key: undefined }, CREDENTIALS), /^CSIDEXAMPLE0001:/);
});

test('a URL that `fetch` would change is refused as such a key is', () => {
  const presigned = (url) => () => all.s3.presign({ url, region: 'r', expiresIn: 1 }, CREDENTIALS);
  for (const path of ['a/../b', './a', 'a/..', 'a/%2e%2E/b', 'a/.%2e', '..?a=b', '..#a', 'a\\..\\b', 'a/.\t./b', 'a\n/b']) assert.throws(presigned(`https://b.example/${path}`), code('bad-argument', 'url'), path);
  for (const key of ['a/../b', '.', '..', 'a/.']) assert.throws(() => all.s3.presign({ ...OBJECT, key }, CREDENTIALS), code('bad-argument', 'key'), key);
  for (const path of ['a..b', '...', '.a/b.', 'a?b=/../c', '%2e%2e%2e']) assert.match(presigned(`https://b.example/${path}`)().url, /X-Amz-Signature/, path);
});

test('names and values come in any form that has them', () => {
  const same = (options) => all.s3.presign({ ...OBJECT, ...options }, CREDENTIALS);
  const headers = { 'Content-Type': 'image/png', 'x-amz-acl': 'private' };
  for (const given of [Object.entries(headers), new Map(Object.entries(headers))]) assert.deepEqual(same({ headers: given }), same({ headers }));
  // These write names in small letters.
  assert.equal(same({ headers: new Headers(headers) }).url, same({ headers }).url);
  for (const query of [new URLSearchParams({ versionId: 'v 1' }), [['versionId', 'v 1']], new Map([['versionId', 'v 1']])]) assert.deepEqual(same({ query }), same({ query: { versionId: 'v 1' } }));
  const form = (fields) => all.s3.uploadForm({ ...OBJECT, fields }, CREDENTIALS);
  assert.deepEqual(form(new Map([['acl', 'private']])), form({ acl: 'private' }));
  for (const [word, other] of [['custom', 'custom-domain'], ['virtual', 'virtual-host']]) assert.deepEqual(same({ addressing: word, endpoint: 'a.example' }), same({ addressing: other, endpoint: 'a.example' }));
  assert.equal(all.oss.presign({ ...OBJECT, addressing: 'custom', endpoint: 'a.example', version: 'v1' }, CREDENTIALS).url, all.oss.presign({ ...OBJECT, addressing: 'custom-domain', endpoint: 'a.example', version: 'v1' }, CREDENTIALS).url);
});

test('of nothing, no error is known', async () => {
  for (const nothing of ['', '.', '  ', '"."', [], {}, null, undefined, 403]) await assert.rejects(explainer.errorInfo(nothing), code('bad-argument', 'text'));
  assert.equal((await explainer.errorInfo('AccessDenied')).known, true);
});
