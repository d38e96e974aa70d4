// `countersign/explain`: the same answers as the command, as plain data.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkForm, decode, errorInfo, explain, init, lint, loadLanguage, loadStacks, schemes, stacks, verify } from 'countersign/explain';
import { init as initSigning, s3, kodo } from 'countersign';

await Promise.all([init(), initSigning()]);

const sample = (name) => readFileSync(new URL(`../../cli/samples/${name}`, import.meta.url), 'utf8');
const SECRET = sample('secret.txt').trim();
const AT = '2026-05-01T08:33:00Z';

test('a refused request is explained, and the explanation is a proof', () => {
  const { report, headline, tables, steps, requests, secret } = explain({ input: sample('put-403.http'), secrets: ['another secret', SECRET], at: AT });
  assert.equal(report.schema, 'countersign.report/1');
  assert.deepEqual([report.verdict, report.scheme, report.findings[0].code, report.findings[0].certainty], ['mismatch', 'oss-v1-header', 'content-type-added-by-client', 'proved']);
  assert.deepEqual([headline.matter, headline.certainty, headline.isOpen], ['text', 'proved', false]);
  assert.deepEqual(headline.places.map(({ role }) => role), ['content-type']);
  const row = tables[0].rows.find(({ same }) => !same);
  assert.deepEqual([row.role, row.signed, row.right], ['content-type', [], [{ text: 'application/octet-stream', differs: true }]]);
  assert.deepEqual(tables[0].parting, { offset: 5, signed: 'U+000A LINE FEED', right: '`a`' });
  assert.ok(steps.some(({ command }) => command.includes('openssl dgst -sha1 -mac HMAC')));
  assert.deepEqual(report.steps, steps);
  assert.deepEqual(requests.map(({ kind, scheme }) => [kind, scheme]), [['request', 'oss-v1-header']]);
  assert.equal(secret, 1);
  assert.ok(report.searched.elapsed_us > 0);
});

test('what was assumed in reading is told by its code', () => {
  const { notes } = explain({ input: "curl -T cat.jpg http://photos.oss-cn-hangzhou.aliyuncs.com/cat.jpg -H 'Authorization: OSS CSIDEXAMPLE0001:made+up+signature+of+nobody='" });
  assert.deepEqual(notes, ['body-in-file']);
});

test('where the bucket stands can be said', () => {
  const input = 'GET /photos/a.jpg HTTP/1.1\nHost: cdn.example.com\nDate: Fri, 01 May 2026 08:30:15 GMT\nAuthorization: OSS CSIDEXAMPLE0001:made+up+signature+of+nobody=\n\n';
  const signed = (addressing) => explain({ input, secrets: [SECRET], at: AT, bucket: 'photos', addressing, depth: 0 }).report.documents.at(-1).text;
  assert.ok(signed('custom-domain').endsWith('\n/photos/photos/a.jpg'), signed('custom-domain'));
  assert.ok(signed('path').endsWith('\n/photos/a.jpg'), signed('path'));
  assert.throws(() => signed('beside'), (error) => error.code === 'bad-argument');
});

test('an option of another kind is refused by what it should be', () => {
  const asked = { input: sample('put-403.http') };
  for (const pick of ['first', -1, 1.5, true]) assert.throws(() => explain({ ...asked, pick }), { code: 'bad-argument', message: '`pick` must be a whole number in its range' });
  assert.throws(() => explain({ ...asked, redact: 1 }), { code: 'bad-argument', message: '`redact` must be true or false' });
});

test('it speaks Chinese once that is loaded', async () => {
  const asked = { input: sample('put-403.http'), secrets: [SECRET], at: AT, lang: 'zh' };
  assert.throws(() => explain(asked), { name: 'CountersignError', code: 'language-not-loaded' });
  assert.throws(() => lint({ policy: '{}', provider: 'oss', lang: 'zh' }), { code: 'language-not-loaded' });
  await assert.rejects(loadLanguage('xx'), { code: 'bad-argument' });
  await assert.rejects(loadLanguage('zh', { causes: [], phrases: [] }), { code: 'load-failed' });
  // Sentences of another version stand in other places.
  const sentences = JSON.parse(readFileSync(new URL(import.meta.resolve('countersign/languages/zh.json')), 'utf8'));
  for (const version of ['0.0.0', undefined]) await assert.rejects(loadLanguage('zh', { ...sentences, version }), { code: 'load-failed' });
  for (const lang of ['fr', 'zh-CN', 'EN', '']) {
    for (const call of [() => explain({ ...asked, lang }), () => decode({ ...asked, lang }), () => lint({ policy: '{}', provider: 'oss', lang })]) assert.throws(call, { code: 'bad-argument', message: '`lang` must be `en` or `zh`' }, lang);
  }
  await Promise.all([loadLanguage('zh'), loadLanguage('zh'), loadLanguage('en')]);
  const { report, steps } = explain(asked);
  assert.match(report.findings[0].title, /[\u4e00-\u9fff]/);
  assert.ok(steps.some(({ what }) => /签名/.test(what)));
});

test('the line to change is that of the stack at hand, once the lines are loaded', async () => {
  const asked = { input: sample('put-403.http'), secrets: [SECRET], at: AT };
  const before = explain(asked);
  assert.deepEqual([before.report.findings[0].fixes, before.stacks.known], [undefined, []]);
  assert.throws(() => explain({ ...asked, stack: 'curl' }), { name: 'CountersignError', code: 'stacks-not-loaded' });
  await assert.rejects(loadStacks([{ stack: 'made-up', codes: [], line: { en: '', zh: '' } }]), { code: 'load-failed' });
  await Promise.all([loadStacks(), loadStacks()]);
  // What the command prints, which its own test holds: cli/tests/cmd/explain-stack.trycmd.
  const curl = "`-H 'Content-Type: TYPE'` with the type that was signed";
  const { report, stacks: told } = explain({ ...asked, stack: ['curl', 'haproxy'] });
  assert.deepEqual(report.findings[0].fixes.map(({ stack }) => stack), ['curl']);
  assert.ok(report.findings[0].fixes[0].line.startsWith(curl), report.findings[0].fixes[0].line);
  assert.deepEqual(told.used, ['curl', 'haproxy']);
  assert.ok(told.known.includes('axios') && !told.known.includes('haproxy'), told.known.join());
  const guessed = explain({ ...asked, input: asked.input.replace('\n', '\nUser-Agent: axios/1.7.2\n') });
  assert.deepEqual([guessed.stacks.used, guessed.report.findings[0].fixes.map(({ stack }) => stack)], [['axios'], ['axios']]);
  await loadLanguage('zh');
  assert.match(explain({ ...asked, stack: 'curl', lang: 'zh' }).report.findings[0].fixes[0].line, /写上签名时的类型/);
  assert.throws(() => explain({ ...asked, stack: 'made-up' }), { code: 'bad-argument' });
});

test('the stacks are those that are declared', () => {
  const declared = /export type Stack =([^;]*);/.exec(readFileSync(new URL('../npm/types/explain.d.ts', import.meta.url), 'utf8'))[1];
  assert.deepEqual(stacks(), [...declared.matchAll(/'([a-z-]+)'/g)].map(([, name]) => name));
});

test('what is posted shows nothing private', () => {
  const { report, redacted, requests, steps } = explain({ input: sample('put-403.http'), secrets: [SECRET], at: AT, redact: true });
  const text = JSON.stringify({ report, requests, steps });
  assert.equal(redacted, true);
  for (const word of ['photos', 'CSIDEXAMPLE0001', 'alice', SECRET, '1pq+aV94wnlIgoFEkTNHGK9y8+w=']) assert.ok(!text.includes(word), word);
});

test('verify says yes or no', () => {
  const { url } = s3.presign({ bucket: 'photos', region: 'us-east-1', key: 'a b.jpg', expiresIn: 900, at: AT }, { accessKeyId: 'CSIDEXAMPLE0001', secretAccessKey: SECRET });
  assert.equal(verify({ input: url, secrets: [SECRET], at: AT }).report.verdict, 'valid');
  assert.equal(verify({ input: url, secrets: ['other'], at: AT }).report.verdict, 'mismatch');
  const late = verify({ input: url, secrets: [SECRET], at: '2026-05-01T09:33:00Z' });
  assert.equal(late.report.verdict, 'rejected');
});

test('a signature is decoded without a secret', () => {
  const token = kodo.uploadToken({ bucket: 'photos', key: 'a', deadline: 1_773_504_566_000 }, { accessKeyId: 'CSIDEXAMPLE0001', secretAccessKey: SECRET });
  const said = decode({ input: token });
  assert.deepEqual([said.kind, said.scheme, said.accessKeyId, said.policy.json.scope, said.policy.problems], ['token', 'kodo-upload-token', 'CSIDEXAMPLE0001', 'photos:a', []]);
  assert.equal(said.expiresAt, '2026-03-14T16:09:26Z');
});

test('a form is judged as the server would', () => {
  const credentials = { accessKeyId: 'CSIDEXAMPLE0001', secretAccessKey: SECRET };
  const { fields } = s3.uploadForm({ bucket: 'photos', region: 'us-east-1', keyPrefix: 'u/', maxSize: 1024, minSize: 0, expiresIn: 900, at: AT }, credentials);
  const judged = (file, at = AT) => checkForm({ fields, file, at });
  assert.equal(judged({ name: 'cat.jpg', size: 12 }).verdict, 'accepted');
  assert.equal(judged({ name: 'cat.jpg' }).verdict, 'undecided');
  const large = judged({ name: 'cat.jpg', size: 1025 });
  assert.deepEqual([large.verdict, large.refusals[0].answer.code], ['refused', 'EntityTooLarge']);
  const late = judged({ name: 'cat.jpg', size: 12 }, '2026-05-01T09:33:00Z');
  assert.equal(late.refusals[0].answer.status, 403);
});

test('a policy is looked through', () => {
  const policy = JSON.stringify({ expiration: '2026-05-01T09:00:00Z', conditions: [{ bucket: 'photos' }, ['starts-with', '$key', '']] });
  const codes = lint({ policy, provider: 's3', at: AT }).map(({ code }) => code);
  assert.ok(codes.includes('key-unrestricted') && codes.includes('no-content-length-range'), codes.join());
  assert.equal(lint({ policy: '{"expiration"', provider: 's3', at: AT }).length, 1);
  const put = JSON.stringify({ scope: 'photos', deadline: 1_777_628_700, fsizeLimt: 1024 });
  const found = lint({ policy: put, provider: 'kodo', at: AT });
  assert.deepEqual(found.map(({ code }) => code), ['unknown-field', 'no-fsize-limit']);
  assert.match(found[0].title, /fsizeLimt/);
});

test('error codes are known, and messages, and answers', async () => {
  for (const [text, by, provider, code] of [
    ['SignatureDoesNotMatch', 'code', undefined, 'SignatureDoesNotMatch'],
    ['-97', 'code', 'cos', '-97'],
    ['<Error><Code>RequestTimeTooSkewed</Code></Error>', 'contained', undefined, 'RequestTimeTooSkewed'],
    ['no such bucket', 'message', 'kodo', '631'],
  ]) {
    const info = await errorInfo(text);
    assert.deepEqual([info.known, info.by], [true, by], text);
    assert.ok(info.entries.some((entry) => entry.code === code && (provider === undefined || entry.provider === provider)), text);
    assert.ok(info.entries[0].meaning.length > 5);
  }
  const near = await errorInfo('SignatureDoesNotMach', { lang: 'zh' });
  assert.deepEqual([near.known, near.by, near.entries[0].code], [false, 'nearest', 'SignatureDoesNotMatch']);
});

test('what is no request is refused with a code', () => {
  const code = (expected) => (error) => error.name === 'CountersignError' && error.code === expected;
  assert.throws(() => explain({ input: 'it does not work' }), code('not-recognised'));
  assert.throws(() => explain({ input: 'https://example.com/' }), code('no-signature'));
  assert.throws(() => explain({ input: sample('put-403.http'), scheme: 'oss-v9' }), code('bad-argument'));
  assert.throws(() => explain({ input: sample('put-403.http'), pick: 7 }), code('bad-argument'));
  assert.throws(() => explain({}), code('bad-argument'));
});

test('hostile input comes back as plain data', () => {
  const script = '<script>globalThis.hit = 1</script>';
  const input = `GET /${script}?__proto__[x]=1&constructor=y HTTP/1.1\r\nHost: b.oss-cn-hangzhou.aliyuncs.com\r\nDate: ${script}\r\nAuthorization: OSS ${'${globalThis.hit=1}'}:AAAA\r\nx-oss-meta-__proto__: {"__proto__": {"polluted": 1}}\r\n\r\n`;
  const shown = explain({ input, secrets: ['x'] });
  assert.equal(globalThis.hit, undefined);
  assert.equal({}.polluted, undefined);
  assert.ok(JSON.stringify(shown).includes('<script>'), 'texts are those of the request');
  const walk = (value) => {
    if (value === null || typeof value !== 'object') return assert.ok(['string', 'number', 'boolean', 'undefined'].includes(typeof value) || value === null);
    assert.ok(Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);
    return Object.values(value).forEach(walk);
  };
  walk(shown);
  // Any bytes give an answer or an error with a code.
  let seed = 1;
  for (let round = 0; round < 300; round += 1) {
    const bytes = Uint8Array.from({ length: round }, () => (seed = (seed * 48_271) % 2_147_483_647) & 255);
    for (const start of ['', 'GET / HTTP/1.1\nAuthorization: ', 'curl https://b/?', '{"log":{"entries":[', 'a:b:']) {
      try {
        explain({ input: new Uint8Array([...new TextEncoder().encode(start), ...bytes]), depth: 0 });
      } catch (error) {
        assert.equal(error.name, 'CountersignError', error.stack);
      }
    }
  }
});

test('schemes of five vendors are known', () => {
  assert.deepEqual([...new Set(schemes().map(({ provider }) => provider))], ['cos', 'kodo', 'ks3', 'oss', 's3']);
});
