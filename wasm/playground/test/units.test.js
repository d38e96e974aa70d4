// What needs no browser.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { KINDS, bytes, fieldsOf, read, typed } from '../fields.js';
import { isCutOff, pretty } from '../json.js';
import { curlForm, curlUrl, htmlForm, quoted } from '../output.js';
import { isPacked, packed, unpacked } from '../share.js';
import { shareable } from '../shareable.js';
import { cut, plain } from '../text.js';
import { clock, when } from '../times.js';
import { fieldsIn, troubleText } from '../trouble.js';
import en from '../words/en.js';
import zh from '../words/zh.js';
import { inside, linked } from './links.js';

const kind = (id) => KINDS.find((one) => one.id === id);

test('both languages say the same things', () => {
  const shape = (words) => Object.fromEntries(Object.entries(words).map(([name, value]) => [name, Array.isArray(value) ? value.length : value !== null && typeof value === 'object' ? shape(value) : typeof value]));
  assert.deepEqual(shape(zh), shape(en));
});

test('every word is used', () => {
  const folder = new URL('../', import.meta.url);
  const all = readdirSync(folder).filter((name) => /\.(js|html)$/.test(name)).map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
  // Language and tag are read by what draws; the rest by its name, in a page or a module.
  const isUsed = (name, of) => new RegExp(`(${of})\\.${name}\\b|data-word(-label)?="${name}"`).test(all);
  assert.deepEqual(Object.keys(en).filter((name) => !isUsed(name, 'words(\\(\\))?')), []);
  for (const [group, of] of [['results', 'results'], ['headlines', 'says'], ['openNotes', 'notes'], ['factNames', 'names']]) assert.deepEqual(Object.keys(en[group]).filter((name) => !isUsed(name, of)), [], group);
});

test('the examples are what their generator writes', () => {
  execFileSync(process.execPath, [fileURLToPath(new URL('make-examples.mjs', import.meta.url)), '--check']);
});

test('what cannot be seen is written out, and long texts are cut in their middle', () => {
  assert.equal(plain('a\u202eb\u0000c\u200b\ttab\nline'), 'a<U+202E>b<U+0000>c<U+200B>\ttab\nline');
  assert.equal(plain('a\u00a0b\u3000c\u2003d\u3164e\u115ff\u180eg\u{e0041}h\ud800 i'), 'a<U+00A0>b<U+3000>c<U+2003>d<U+3164>e<U+115F>f<U+180E>g<U+E0041>h<U+D800> i');
  const [begin, left, end] = cut('x'.repeat(1_000_000), 1000);
  assert.deepEqual([begin.length, left, end.length], [600, 999_100, 300]);
  assert.deepEqual(cut('short', 1000), ['short', 0, '']);
});

test('a clock is read as its zone says, or as UTC', () => {
  const time = Date.UTC(2026, 4, 1, 8, 30, 15);
  for (const text of ['2026-05-01T08:30:15Z', ' 2026-05-01 08:30:15 ', '2026-05-01T16:30:15+08:00']) assert.equal(clock(text), time, text);
  assert.equal(clock('2026-05-01'), Date.UTC(2026, 4, 1));
  assert.equal(clock('2024-02-29T23:59:60+08:00'), null);
  assert.equal(clock('2024-02-29T01:00:00+08:00'), Date.UTC(2024, 1, 28, 17));
  assert.equal(clock('  '), undefined);
  for (const text of ['yesterday', '1777624215', '2026-13-01', '2026-05-01T25:00:00Z', '2026-02-30', '2026-02-29', '2026-04-31T08:30:15Z', '2026-00-10', '2026-05-00']) assert.equal(clock(text), null, text);
  assert.equal(when('2026-05-01T08:30:15Z', time + 7_200_000, en), '2026-05-01 08:30:15 UTC, 2 hours ago');
  assert.equal(when('2026-05-01T08:30:15Z', time - 60_000, zh), '2026-05-01 08:30:15 UTC，还有 1分钟');
  assert.equal(when('2026-05-01T08:30:15Z', null, en), '2026-05-01 08:30:15 UTC');
});

test('sizes are read with their units', () => {
  assert.deepEqual(['10', '10MB', '1.5 kB', '2MiB', '1g', '8.2MB', '1.001kB', '0.5KiB', '1.0'].map((text) => bytes(text, 'x')), [10, 10_000_000, 1500, 2_097_152, 1_000_000_000, 8_200_000, 1001, 512, 1]);
  for (const text of ['', '-1', '10 apples', '1.5', '1e3', '1.0001kB', '9007199254740993', '9999999999999999g', '1constructor']) assert.throws(() => bytes(text, 'x'), { code: 'bad-size' }, text);
});

test('fields that are empty are left out, and those that are needed are told', () => {
  assert.deepEqual(read(kind('form-oss'), {}).missing, ['bucket', 'region', 'expiresIn', 'keyOrPrefix']);
  assert.deepEqual(read(kind('form-oss'), { bucket: 'b', endpoint: 'https://h', expiresIn: '900', keyPrefix: 'u/' }).missing, []);
  const { options } = read(kind('form-s3'), { bucket: 'b', region: 'r', key: 'k', expiresIn: '900', maxSize: '1kB', successStatus: '201', fields: 'acl: private\n\nx-amz-meta-a: b:c', conditions: '["starts-with", "$x", ""]' });
  assert.deepEqual(options, { bucket: 'b', region: 'r', key: 'k', expiresIn: 900, maxSize: 1000, successStatus: 201, fields: { acl: 'private', 'x-amz-meta-a': 'b:c' }, conditions: [['starts-with', '$x', '']] });
  for (const fields of ['x-amz-meta-a: 1\nX-Amz-Meta-A: 2', 'no colon', ': no name']) assert.throws(() => read(kind('form-s3'), { fields }), { code: 'bad-line' }, fields);
  assert.deepEqual(read(kind('url-s3'), { query: 'uploads\nversionId=1=2' }).options.query, { uploads: '', versionId: '1=2' });
  assert.throws(() => read(kind('url-s3'), { query: 'a=1\na=2' }), { code: 'bad-line' });
  assert.deepEqual(Object.keys(read(kind('form-s3'), { fields: '__proto__: 1' }).options.fields), ['__proto__']);
  assert.throws(() => read(kind('form-s3'), { conditions: '[' }), { code: 'bad-json' });
  for (const expiresIn of ['long', '-1', '1.5', '0', '10000000000', '1e3']) assert.throws(() => read(kind('token-kodo'), { expiresIn }), { code: 'bad-number' }, expiresIn);
  assert.throws(() => read(kind('token-kodo'), { deadline: 'soon' }), { code: 'bad-clock' });
});

test('a fault of a field names it as its label does, in both languages', () => {
  const said = (id, values) => {
    try {
      return read(kind(id), values);
    } catch (error) {
      return [fieldsIn(error), troubleText(error, en), troubleText(error, zh)];
    }
  };
  assert.deepEqual(said('url-oss', { expiresIn: 'soon' }), [
    ['expiresIn'],
    '“Life in seconds” is not understood. Write a whole number, from 1 to 9999999999.',
    '无法识别“有效期（秒）”，请填写 1 到 9999999999 之间的整数。',
  ]);
  assert.deepEqual(said('form-oss', { maxSize: 'much' }), [
    ['maxSize'],
    '“Largest size” is not understood. Write bytes, or a number with a unit, like 10MB or 512KiB.',
    '无法识别“最大大小”，请填写字节数，或带单位的数字，例如 10MB、512KiB。',
  ]);
  assert.deepEqual(said('token-kodo', { deadline: 'soon' }).slice(0, 2), [['deadline'], '“deadline” is not understood. Write it as 2026-05-01T08:30:15Z.']);
  assert.match(said('token-kodo', { deleteAfterDays: 'x' })[1], /^“deleteAfterDays” is not understood. Write a whole number, 0 or more\.$/);
  assert.match(said('token-kodo', { trafficLimit: '1' })[1], /from 819200 to 838860800\.$/);
  assert.deepEqual(said('form-s3', { conditions: '[' })[0], ['conditions']);
  // A line of somebody's own is shown as it stands.
  assert.equal(said('form-s3', { fields: '`key`' })[1], '“Further fields” has a line that is not understood, or names something a second time: `key`');
  // What the package says names its options.
  const error = Object.assign(new Error('`expiresIn` must be a time'), { code: 'bad-argument' });
  assert.deepEqual([fieldsIn(error), troubleText(error, zh)], [['expiresIn'], '有一个字段无法识别：“有效期（秒）” must be a time']);
  const id = Object.assign(new Error('`accessKeyId` must be not empty'), { code: 'bad-argument' });
  assert.equal(troubleText(id, en), 'One of the fields is not understood: “Access key id” must be not empty');
});

test('a put policy becomes fields, and fields the same policy', () => {
  const policy = { scope: 'photos:user/', isPrefixalScope: 1, deadline: 1_777_627_815, insertOnly: 1, fsizeLimit: 10, detectMime: -1, forceSaveKey: true, saveKey: '$(etag)', keylimit: ['a', 'b'] };
  const values = typed(JSON.stringify(policy));
  assert.deepEqual(values, { bucket: 'photos', keyPrefix: 'user/', deadline: '2026-05-01T09:30:15Z', insertOnly: 'on', fsizeLimit: '10', detectMime: '-1', forceSaveKey: 'on', saveKey: '$(etag)', keyLimit: 'a\nb' });
  const { options } = read(KINDS[0], values);
  assert.deepEqual(options, { bucket: 'photos', keyPrefix: 'user/', deadline: 1_777_627_815_000, insertOnly: true, fsizeLimit: 10, detectMime: -1, forceSaveKey: true, saveKey: '$(etag)', keyLimit: ['a', 'b'] });
});

test('a put policy that no fields would say is taken as it stands', () => {
  const base = '"scope":"photos:a","deadline":1';
  assert.notEqual(typed(`{${base}}`), null);
  for (const policy of [
    // An empty key is a key; an empty field is none.
    '{"scope":"photos:","deadline":1}',
    // These are words of the page, and mean something else there.
    ...['"key":"evil"', '"keyPrefix":"evil"', '"bucket":"evil"', '"policy":"{\\"scope\\":\\"evil\\"}"', '"region":"z0"', '"at":"2026-05-01"', '"expiresIn":1', '"keyLimit":"a"', '"other":1', '"__proto__":1'].map((more) => `{${base},${more}}`),
    '{"scope":"p:u/","isPrefixalScope":2,"deadline":1}',
    '{"scope":"p:u/","isPrefixalScope":0,"deadline":1}',
    '{"scope":"photos","isPrefixalScope":1,"deadline":1}',
    ...['[" a"]', '["b\\nc"]', '[""]', '[1]', '[]', '"a"'].map((list) => `{${base},"keylimit":${list}}`),
    ...['"fsizeLimit":"1kB"', '"fsizeLimit":1.5', '"insertOnly":2', '"detectMime":"1"', '"endUser":1', '"endUser":null', '"endUser":{"a":1}', '"saveKey":""', '"fsizeLimit":10,"fsizeLimit":11', '"fsizeLimit":9007199254740993', '"fsizeLimit":1e3'].map((more) => `{${base},${more}}`),
    '{"scope":"photos"}',
    '{"deadline":1}',
    '[]',
    'null',
    'no JSON',
  ]) {
    assert.equal(typed(policy), null, policy);
  }
});

/** Members of a put policy, which are shown as Qiniu spells them. */
const VENDORS_OWN = new Set(
  'insertOnly fsizeMin fsizeLimit mimeLimit detectMime fileType deleteAfterDays trafficLimit saveKey forceSaveKey endUser returnUrl returnBody callbackUrl callbackHost callbackBody callbackBodyType callbackFetchKey persistentOps persistentNotifyUrl persistentPipeline persistentType persistentWorkflowTemplateID deadline keyLimit'.split(' '),
);

test('every field has a name in every language, and every kind its own fields', () => {
  for (const one of KINDS) {
    const names = fieldsOf(one).map(({ name }) => name);
    assert.equal(new Set(names).size, names.length, one.id);
    for (const [group] of one.groups) assert.ok(en.groups[group] && zh.groups[group], group);
    for (const name of names) assert.equal(Object.hasOwn(en.fields, name), !VENDORS_OWN.has(name), name);
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
  for (const path of ['a/../b', 'a/./b', '..', 'a/%2E%2e/b']) assert.match(curlUrl({ method: 'GET', url: `https://h/${path}`, headers: {} }), /^curl --path-as-is /, path);
  for (const path of ['a/..b', 'a?x=/../b', 'a#/../b']) assert.doesNotMatch(curlUrl({ method: 'GET', url: `https://h/${path}`, headers: {} }), /--path-as-is/, path);
  assert.equal(curlUrl({ method: 'GET', url: 'https://h/{a}?x=[1]', headers: {} }), "curl --globoff 'https://h/{a}?x=[1]'");
});

test('nothing leaves its attribute', () => {
  const html = htmlForm({ url: "https://h/?a=1&b='", fields: [['x">', '"><script>alert(1)</script>\t键']], fileField: 'file' }, 'Up');
  assert.ok(!html.includes('<script'), html);
  // Browsers send each of these as something else.
  for (const value of ['a\nb', 'a\rb', 'a\u0085b', 'a\u009fb', 'a\0b', 'a\ud800b']) assert.equal(htmlForm({ url: 'https://h/', fields: [['x', value]], fileField: 'file' }, 'Up'), null, JSON.stringify(value));
  assert.ok(html.includes('name="x&#34;&#62;" value="&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#9;&#38190;"'), html);
});

test('JSON is shown on as few lines as it takes, and says the same', () => {
  const text = '{"a":[{"b":"[ x ]"},["starts-with","$key",""]],"c":{},"d":[],"e":null,"__proto__":1}';
  assert.equal(pretty(text), '{\n  "a": [{ "b": "[ x ]" }, ["starts-with", "$key", ""]],\n  "c": {},\n  "d": [],\n  "e": null,\n  "__proto__": 1\n}');
  assert.deepEqual(JSON.parse(pretty(text)), JSON.parse(text));
  assert.equal(pretty('no JSON'), 'no JSON');
});

test('JSON that ends in its middle is told from all else', () => {
  const whole = '{"log": {"a": [1, -2.5, true, null, "x, y \\\\\\" ]}"], "b": {}, "c": "\\u0041"}}';
  assert.equal(isCutOff(whole), false);
  // At whatever character but in the brackets at its end it is cut.
  for (let end = 1; end < whole.length; end += 1) assert.equal(isCutOff(whole.slice(0, end)), true, whole.slice(0, end));
  for (const text of ['', '1', '"abc', 'GET / HTTP/1.1', '[main] INFO started', '[2026-05-01 08:30] a', '{user}', '{hello there, you', '{"a": 1]', `${whole} and more`, '{"a" 1, "b"']) assert.equal(isCutOff(text), false, text);
  assert.equal(isCutOff('\ufeff {"log": {'), true);
});

test('JSON is shown as it was signed', () => {
  const text = '{"n": 12345678901234567890,"e":1e400,"scope":"a", "scope":"b","deadline":1,"10":"\\u0026\\/\\"]"}';
  assert.equal(pretty(text), '{\n  "n": 12345678901234567890,\n  "e": 1e400,\n  "scope": "a",\n  "scope": "b",\n  "deadline": 1,\n  "10": "\\u0026\\/\\"]"\n}');
  for (const one of ['1', '"a"', 'null', '[]', '{}', ' [ 1 ,\n2 ] ', '{"a":{}}']) assert.equal(pretty(one).replace(/\s/g, ''), one.replace(/\s/g, ''), one);
});

test('JSON of any depth takes no longer than it is long', () => {
  const deep = (levels) => `${'['.repeat(levels)}${Array(50_000).fill(0)}${']'.repeat(levels)}`;
  const started = performance.now();
  const shown = pretty(deep(400));
  // It was four seconds while each level wrote down all that is in it.
  assert.ok(performance.now() - started < 1500);
  assert.equal(shown.replace(/\s/g, ''), deep(400));
  assert.ok(shown.length < 5_000_000, `${shown.length}`);
  assert.equal(pretty(deep(100_000)).replace(/\s/g, ''), deep(100_000));
});

const row = (more = {}) => ({ line: 1, role: 'path', same: false, signed: [{ text: 'a', differs: true }], right: null, ...more });
const cause = { code: 'c', matter: 'text', certainty: 'proved', group: 0, title: 't', help: 'h', signed: null, sent: 'a', also: [], fixes: [{ stack: 'curl', line: '`-H NAME`' }] };

/** A view as the package gives it, with all that is never in a link. */
const GIVEN = {
  hasSecret: true,
  hasAnswer: false,
  explanation: {
    redacted: true,
    picked: 0,
    steps: [{ what: 'PRIVATE', command: 'PRIVATE', value: 'PRIVATE' }],
    notes: ['body-missing'],
    requests: [{ kind: 'request', method: 'PRIVATE', url: 'PRIVATE', provider: 'oss', scheme: 'oss-v1-header', hasAnswer: false }],
    headline: { verdict: 'mismatch', title: 'PRIVATE', matter: 'text', certainty: 'proved', places: [{ role: 'path', name: '' }], isOrder: false, isOpen: false },
    tables: [
      { document: 'string-to-sign', isPair: true, rows: [row(), row({ same: true, signed: [{ text: 'same', differs: false }], right: [{ text: 'PRIVATE', differs: false }] })], parting: { offset: 1, signed: null, right: null }, legend: [] },
      // Where something is proved, a text that does not differ is not drawn.
      { document: 'canonical-request', isPair: false, rows: [row({ right: [{ text: 'PRIVATE', differs: false }] })], legend: [{ sign: 'PRIVATE', name: 'PRIVATE' }] },
    ],
    report: {
      schema: 'PRIVATE', verdict: 'mismatch', provider: 'PRIVATE', scheme: 'oss-v1-header', access_key_id: 'X', signed_at: '2026-05-01T08:30:15Z', expires_at: null, provided_signature: 'x', expected_signature: null,
      documents: [{ document: 'string-to-sign', text: 'PRIVATE' }],
      steps: [{ command: 'PRIVATE' }],
      findings: [{ ...cause, proof: 'PRIVATE' }, { ...cause, group: 1, certainty: 'likely', matter: 'PRIVATE', signed: 'PRIVATE', sent: 'PRIVATE', also: ['PRIVATE'], fixes: [{ stack: 'PRIVATE', line: 'PRIVATE' }] }],
      searched: { variants: 1, causes: 1, depth: 2, elapsed_us: 123_456 },
    },
  },
};

test('a link holds what is drawn of an explanation, and nothing else', async () => {
  const fragment = await packed(GIVEN);
  assert.match(fragment, /^v1=[\w-]+$/);
  assert.ok(isPacked(fragment) && isPacked('v2=x') && !isPacked('explain'));
  const whole = inside(fragment);
  assert.doesNotMatch(whole, /PRIVATE|elapsed|123456/);
  const there = await unpacked(fragment);
  assert.equal(JSON.stringify(there), whole, 'what is unpacked, and drawn from, is all there is');
  assert.deepEqual(there.explanation.report.findings[0], cause);
  assert.deepEqual(there.explanation.tables.map(({ document, rows }) => [document, rows.length]), [['string-to-sign', 2]]);
  // Without a cause all texts are drawn, and are there.
  const open = structuredClone(GIVEN);
  open.explanation.headline.isOpen = true;
  assert.deepEqual((await unpacked(await packed(open))).explanation.tables.map(({ document }) => document), ['string-to-sign', 'canonical-request']);
  await assert.rejects(packed({ ...GIVEN, explanation: { ...GIVEN.explanation, redacted: false } }), TypeError);
});

test('what the drawing cuts is not in a link', async () => {
  const long = structuredClone(GIVEN);
  const text = `begin${'x'.repeat(5000)}MIDDLE${'x'.repeat(5000)}end`;
  const { report, tables } = long.explanation;
  Object.assign(report, { access_key_id: text, provided_signature: text, expected_signature: text });
  Object.assign(report.findings[0], { title: `it is \`${text}\` and ${text}`, help: text, signed: text, sent: text, fixes: [{ stack: 'curl', line: text }] });
  tables[0].rows = [row({ signed: [{ text, differs: true }, { text, differs: false }] }), ...Array.from({ length: 2000 }, (_, at) => row({ line: at + 2, same: true, signed: [{ text: `line ${at}`, differs: false }] }))];
  const whole = inside(await packed(long));
  assert.doesNotMatch(whole, /MIDDLE|line 1000/);
  assert.match(whole, /begin.*end/);
  const { explanation } = await unpacked(await packed(long));
  assert.deepEqual(explanation.tables[0].rows.at(-1), { left: 1701 });
  // And of what is there, nothing is cut once more.
  assert.deepEqual(shareable({ ...GIVEN, explanation: { ...explanation, redacted: true } }).explanation, explanation);
});

test('a link of another shape is refused', async () => {
  const view = JSON.parse(inside(await packed(GIVEN)));
  const changed = (change) => {
    const other = structuredClone(view);
    change(other);
    return unpacked(linked(other));
  };
  assert.notEqual(await changed(() => {}), null);
  // Links that were made before there were lines to change.
  assert.notEqual(await changed((view) => delete view.explanation.report.findings[0].fixes), null);
  for (const change of [
    (view) => (view.hasSecret = 'yes'),
    (view) => (view.explanation.report.verdict = '<script>'),
    (view) => (view.explanation.report.findings[0].title = { toString: 'x' }),
    (view) => (view.explanation.report.findings[0].fixes = [{ stack: 'curl' }]),
    (view) => (view.explanation.report.findings[0].certainty = 'constructor'),
    (view) => (view.explanation.report.findings = {}),
    (view) => (view.explanation.report.signed_at = 'javascript:alert(1)'),
    (view) => (view.explanation.report.signed_at = ['2026-05-01T08:30:15Z']),
    (view) => (view.explanation.tables[0].document = 'innerHTML'),
    (view) => (view.explanation.tables[0].rows[0].signed = [{ text: 1, differs: true }]),
    (view) => (view.explanation.tables[0].rows[0] = { left: '<b>' }),
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
  const bomb = linked({ ...GIVEN, explanation: { ...GIVEN.explanation, notes: ['x'.repeat(40_000_000)] } });
  assert.ok(bomb.length < 60_000, 'it is short when it is packed');
  assert.equal(await unpacked(bomb), null);
});
