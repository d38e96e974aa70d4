// What needs no browser.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { KINDS, bytes, fieldsOf, read, typed } from '../fields.js';
import { pretty } from '../json.js';
import { curlForm, curlUrl, htmlForm, quoted } from '../output.js';
import { isPacked, packed, unpacked } from '../share.js';
import { cut, plain } from '../text.js';
import { clock, when } from '../times.js';
import en from '../words/en.js';
import zh from '../words/zh.js';

const kind = (id) => KINDS.find((one) => one.id === id);

test('both languages say the same things', () => {
  const shape = (words) => Object.fromEntries(Object.entries(words).map(([name, value]) => [name, Array.isArray(value) ? value.length : value !== null && typeof value === 'object' ? shape(value) : typeof value]));
  assert.deepEqual(shape(zh), shape(en));
});

test('the examples are what their generator writes', () => {
  execFileSync(process.execPath, [fileURLToPath(new URL('make-examples.mjs', import.meta.url)), '--check']);
});

test('what cannot be seen is written out, and long texts are cut in their middle', () => {
  assert.equal(plain('a\u202eb\u0000c\u200b\ttab\nline'), 'a<U+202E>b<U+0000>c<U+200B>\ttab\nline');
  const [begin, left, end] = cut('x'.repeat(1_000_000), 1000);
  assert.deepEqual([begin.length, left, end.length], [600, 999_100, 300]);
  assert.deepEqual(cut('short', 1000), ['short', 0, '']);
});

test('a clock is read as its zone says, or as UTC', () => {
  const time = Date.UTC(2026, 4, 1, 8, 30, 15);
  for (const text of ['2026-05-01T08:30:15Z', ' 2026-05-01 08:30:15 ', '2026-05-01T16:30:15+08:00']) assert.equal(clock(text), time, text);
  assert.equal(clock('2026-05-01'), Date.UTC(2026, 4, 1));
  assert.equal(clock('  '), undefined);
  for (const text of ['yesterday', '1777624215', '2026-13-01', '2026-05-01T25:00:00Z']) assert.equal(clock(text), null, text);
  assert.equal(when('2026-05-01T08:30:15Z', time + 7_200_000, en), '2026-05-01 08:30:15 UTC, 2 hours ago');
  assert.equal(when('2026-05-01T08:30:15Z', time - 60_000, zh), '2026-05-01 08:30:15 UTC，还有 1分钟');
  assert.equal(when('2026-05-01T08:30:15Z', null, en), '2026-05-01 08:30:15 UTC');
});

test('sizes are read with their units', () => {
  assert.deepEqual(['10', '10MB', '1.5 kB', '2MiB', '1g'].map((text) => bytes(text, 'x')), [10, 10_000_000, 1500, 2_097_152, 1_000_000_000]);
  for (const text of ['', '-1', '10 apples', '1.5', '1e3']) assert.throws(() => bytes(text, 'x'), { code: 'bad-argument' }, text);
});

test('fields that are empty are left out, and those that are needed are told', () => {
  assert.deepEqual(read(kind('form-oss'), {}).missing, ['bucket', 'region', 'expiresIn', 'key']);
  assert.deepEqual(read(kind('form-oss'), { bucket: 'b', endpoint: 'https://h', expiresIn: '900', keyPrefix: 'u/' }).missing, []);
  const { options } = read(kind('form-s3'), { bucket: 'b', region: 'r', key: 'k', expiresIn: '900', maxSize: '1kB', successStatus: '201', fields: 'acl: private\n\nx-amz-meta-a: b:c', conditions: '["starts-with", "$x", ""]' });
  assert.deepEqual(options, { bucket: 'b', region: 'r', key: 'k', expiresIn: 900, maxSize: 1000, successStatus: 201, fields: { acl: 'private', 'x-amz-meta-a': 'b:c' }, conditions: [['starts-with', '$x', '']] });
  assert.throws(() => read(kind('form-s3'), { conditions: '[' }), { code: 'bad-json' });
  assert.throws(() => read(kind('token-kodo'), { expiresIn: 'long' }), { code: 'bad-argument' });
  assert.throws(() => read(kind('token-kodo'), { deadline: 'soon' }), { code: 'bad-clock' });
});

test('a put policy becomes fields, and fields the same policy', () => {
  const policy = { scope: 'photos:user/', isPrefixalScope: 1, deadline: 1_777_627_815, insertOnly: 1, fsizeLimit: 10, detectMime: -1, forceSaveKey: true, saveKey: '$(etag)', keylimit: ['a', 'b'] };
  const values = typed(policy);
  assert.deepEqual(values, { bucket: 'photos', keyPrefix: 'user/', deadline: '2026-05-01T09:30:15Z', insertOnly: 'on', fsizeLimit: '10', detectMime: '-1', forceSaveKey: 'on', saveKey: '$(etag)', keyLimit: 'a\nb' });
  const { options } = read(KINDS[0], values);
  assert.deepEqual(options, { bucket: 'photos', keyPrefix: 'user/', deadline: 1_777_627_815_000, insertOnly: true, fsizeLimit: 10, detectMime: -1, forceSaveKey: true, saveKey: '$(etag)', keyLimit: ['a', 'b'] });
  assert.equal(typed({ scope: 'photos', other: 1 }), null);
  assert.equal(typed({ scope: 'photos:', deadline: 1 }), null);
});

test('every field has a name in every language, and every kind its own fields', () => {
  for (const one of KINDS) {
    const names = fieldsOf(one).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length, one.id);
    for (const [group] of one.groups) assert.ok(en.groups[group] && zh.groups[group], group);
  }
});

test('what is to be run is quoted for a shell', () => {
  const form = { url: "https://h/?a='", fields: [['key', "a'b $(id)"], ['policy', 'eyJ=']], fileField: 'file' };
  assert.equal(curlForm(form), "curl 'https://h/?a='\\''' \\\n  --form-string 'key=a'\\''b $(id)' \\\n  --form-string policy=eyJ= \\\n  --form file=@FILE");
  for (const word of ["a'b", '$(id)', '`id`', '"', '\\', '', 'a b', '!x', ';', '~', '#']) {
    const echoed = execFileSync('sh', ['-c', `printf %s ${quoted(word)}`], { encoding: 'utf8' });
    assert.equal(echoed, word);
  }
  assert.equal(curlUrl({ method: 'PUT', url: 'https://h/a?x=1', headers: { 'Content-Type': 'a/b' } }), "curl \\\n  --upload-file FILE \\\n  --header 'Content-Type: a/b' \\\n  'https://h/a?x=1'");
  assert.equal(curlUrl({ method: 'GET', url: 'https://h/{a}?x=[1]', headers: {} }), "curl --globoff 'https://h/{a}?x=[1]'");
});

test('nothing leaves its attribute', () => {
  const html = htmlForm({ url: "https://h/?a=1&b='", fields: [['x">', '"><script>alert(1)</script>\n键']], fileField: 'file' }, 'Up');
  assert.ok(!html.includes('<script'), html);
  assert.ok(html.includes('name="x&#34;&#62;" value="&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#10;&#38190;"'), html);
});

test('JSON is shown on as few lines as it takes, and says the same', () => {
  const text = '{"a":[{"b":"[ x ]"},["starts-with","$key",""]],"c":{},"d":[],"e":null,"__proto__":1}';
  assert.equal(pretty(text), '{\n  "a": [{ "b": "[ x ]" }, ["starts-with", "$key", ""]],\n  "c": {},\n  "d": [],\n  "e": null,\n  "__proto__": 1\n}');
  assert.deepEqual(JSON.parse(pretty(text)), JSON.parse(text));
  assert.equal(pretty('no JSON'), 'no JSON');
});

const VIEW = {
  lang: 'en',
  hasSecret: true,
  hasAnswer: false,
  explanation: {
    redacted: true,
    picked: 0,
    steps: [],
    notes: [],
    requests: [{ kind: 'request', hasAnswer: false }],
    headline: { places: [{ role: 'path', name: '' }], isOrder: false, isOpen: false },
    tables: [{ document: 'string-to-sign', isPair: true, rows: [{ line: 1, role: 'path', same: false, signed: [{ text: 'a', differs: true }], right: null }], legend: [] }],
    report: {
      verdict: 'mismatch', provider: 'oss', scheme: 'oss-v1-header', access_key_id: 'X', signed_at: '2026-05-01T08:30:15Z', expires_at: null, provided_signature: 'x', expected_signature: null,
      findings: [{ code: 'c', matter: 'text', certainty: 'proved', group: 0, title: 't', help: 'h', signed: null, sent: 'a', also: [] }],
      searched: { variants: 1, causes: 1, depth: 2, elapsed_us: 1 },
    },
  },
};

test('a link gives back what was put into it, and nothing else', async () => {
  const fragment = await packed(VIEW);
  assert.match(fragment, /^v1=[\w-]+$/);
  assert.ok(isPacked(fragment) && isPacked('v2=x') && !isPacked('explain'));
  const there = await unpacked(fragment);
  assert.deepEqual(there.explanation.report.findings, VIEW.explanation.report.findings);
  assert.deepEqual(there.explanation.tables[0].rows, VIEW.explanation.tables[0].rows);
  await assert.rejects(packed({ ...VIEW, explanation: { ...VIEW.explanation, redacted: false } }), TypeError);
});

test('a link of another shape is refused', async () => {
  const changed = async (change) => {
    const view = structuredClone(VIEW);
    change(view);
    return unpacked(await packed(view));
  };
  assert.notEqual(await changed(() => {}), null);
  for (const change of [
    (view) => (view.lang = 'xx'),
    (view) => (view.hasSecret = 'yes'),
    (view) => (view.explanation.report.verdict = '<script>'),
    (view) => (view.explanation.report.findings[0].title = { toString: 'x' }),
    (view) => (view.explanation.report.findings[0].certainty = 'constructor'),
    (view) => (view.explanation.report.findings = {}),
    (view) => (view.explanation.report.signed_at = 'javascript:alert(1)'),
    (view) => (view.explanation.tables[0].document = 'innerHTML'),
    (view) => (view.explanation.tables[0].rows[0].signed = [{ text: 1, differs: true }]),
    (view) => (view.explanation.tables[0].rows = Array(20_001).fill(view.explanation.tables[0].rows[0])),
    (view) => (view.explanation.report.searched.variants = -1),
    (view) => (view.explanation.headline.places = [null]),
  ]) {
    assert.equal(await changed(change), null, `${change}`);
  }
  // What is not known is left out; nothing of a prototype comes with it.
  const more = await changed((view) => Object.assign(view.explanation.report, { secret: 'x', onload: 'y' }));
  assert.deepEqual([more.explanation.report.secret, more.explanation.report.onload], [undefined, undefined]);
  for (const fragment of ['v1=', 'v1=%%%', 'v1=AAAA', `v1=${'A'.repeat(200_000)}`, 'v2=AAAA', '']) assert.equal(await unpacked(fragment), null, fragment.slice(0, 20));
});

test('a link does not unpack to more than a page can bear', async () => {
  const bomb = await packed({ ...VIEW, explanation: { ...VIEW.explanation, notes: ['x'.repeat(40_000_000)] } });
  assert.notEqual(bomb, null, 'it is short when it is packed');
  assert.equal(await unpacked(bomb), null);
});
