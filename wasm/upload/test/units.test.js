// What needs no browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completion, element, partsIn, refusalIn, tagIn, uploadIdIn } from '../answers.js';
import { walked } from '../collect.js';
import { Endpoint, objection, typeOf, waitIn } from '../endpoint.js';
import { Speed, share, size, sizesApart, span } from '../format.js';
import { ATTEMPTS, pauseBefore, retrying } from '../send.js';
import { Trouble } from '../trouble.js';
import { pauseReason, sentence, words } from '../words.js';

test('pauses grow twofold, by chance, up to a limit', () => {
  assert.deepEqual([2, 3, 4, 5, 6].map((attempt) => pauseBefore(attempt, () => 1)), [500, 1000, 2000, 4000, 8000]);
  assert.deepEqual([2, 6].map((attempt) => pauseBefore(attempt, () => 0)), [250, 4000]);
  assert.equal(pauseBefore(40, () => 1), 30_000);
});

test('what may pass is tried again, what may not is not', async () => {
  const run = async (failures, trouble) => {
    const pauses = [];
    let left = failures;
    const task = async (attempt) => {
      if (left === 0) return attempt;
      left -= 1;
      throw trouble;
    };
    const sleep = async (pause) => pauses.push(pause);
    const result = await retrying(task, { sleep }).catch((thrown) => thrown);
    return { result, pauses };
  };
  const lost = new Trouble('connection_lost', { mayPass: true });
  assert.equal((await run(2, lost)).result, 3);
  const given = await run(100, lost);
  assert.equal(given.result, lost);
  assert.equal(given.pauses.length, ATTEMPTS - 1);
  assert.deepEqual(await run(1, new Trouble('storage_refused')).then(({ pauses }) => pauses), []);
  // The service says how long to wait.
  assert.deepEqual((await run(1, new Trouble('too_fast', { mayPass: true, retryAfter: 7 }))).pauses, [7000]);
  // Nobody sits through an hour: it is told.
  assert.deepEqual((await run(1, new Trouble('too_fast', { mayPass: true, retryAfter: 3600 }))).pauses, []);
  const fault = new TypeError('a fault of the page');
  assert.equal((await run(1, fault)).result, fault);
});

/** What comes of asking the service, which answers this; without a status, nothing a page is let see. */
async function asked({ status, text = '', headers = {} }, { bearer = 'made-up-token', base = 'http://localhost/', isThere = true } = {}) {
  globalThis.location = new URL('http://localhost/upload/');
  globalThis.fetch = async () => (isThere ? {} : Promise.reject(new TypeError('no connection')));
  globalThis.XMLHttpRequest = class extends EventTarget {
    upload = new EventTarget();
    status = status;
    responseText = text;
    open() {}
    setRequestHeader(name, value) {
      new Headers([[name, value]]);
    }
    getResponseHeader(name) {
      return headers[name] ?? null;
    }
    send() {
      queueMicrotask(() => this.dispatchEvent(new Event(status === undefined ? 'error' : 'load')));
    }
  };
  return new Endpoint(base, bearer).token({ name: 'a', size: 1, type: '' }).catch((thrown) => thrown);
}

test('a refusal of the service is told as what it is, and after how long it is tried again', async () => {
  const own = { status: 429, text: '{"code":"too_fast","message":"too many requests; wait and try again","retryAfter":7}' };
  for (const answer of [own, { status: 429, text: '<html>', headers: { 'Retry-After': '7' } }]) {
    const trouble = await asked(answer);
    assert.deepEqual([trouble.code, trouble.mayPass, trouble.retryAfter], ['too_fast', true, 7]);
    assert.equal(sentence(trouble, words('en')), 'too many requests in a short time; try again in 7 sec');
    assert.equal(sentence(trouble, words('zh')), '请求过于频繁，请在 7秒后重试');
    const pause = { why: pauseReason(trouble, words('en')), attempt: 2, attempts: 6, left: 7 };
    assert.equal(words('en').pausing(pause), 'too many requests, attempt 2 of 6 in 7 sec');
  }
  for (const status of [401, 403]) {
    const trouble = await asked({ status, text: '<html>' });
    assert.deepEqual([trouble.code, trouble.mayPass], ['service_denied', false]);
    assert.match(sentence(trouble, words('en')), new RegExp(`turned the request away \\(${status}\\)`));
  }
  assert.equal((await asked({ status: 401, text: '{"code":"bearer_unknown"}' })).code, 'bearer_unknown');
  const failed = await asked({ status: 503, headers: { 'Retry-After': '3' } });
  assert.deepEqual([failed.code, failed.retryAfter, pauseReason(failed, words('en'))], ['service_unclear', 3, 'the service answers 503']);
  // A service elsewhere that does not name this page hides what it answers.
  const elsewhere = { base: 'https://upload.example.com/' };
  assert.equal((await asked({}, elsewhere)).code, 'service_hidden');
  assert.equal((await asked({}, { ...elsewhere, isThere: false })).code, 'connection_lost');
  assert.equal((await asked({})).code, 'connection_lost');
});

test('a time to wait is a number of seconds, or a date', () => {
  const now = Date.UTC(2026, 4, 1, 8, 30, 0);
  assert.deepEqual(['7', 7, '1.2', 'Fri, 01 May 2026 08:30:09 GMT'].map((said) => waitIn(said, now)), [7, 7, 2, 9]);
  for (const said of [null, undefined, '', '0', '-1', 'soon', 'Fri, 01 May 2026 08:29:00 GMT', '1e999', {}]) assert.equal(waitIn(said, now), undefined, String(said));
});

test('a token with a character no header holds is told by that character', async () => {
  for (const [bearer, told] of [['\u201cmade-up-token\u201d', '\u201c (U+201C)'], ['made-up-\u00e9', '\u00e9 (U+00E9)'], ['made\u200b-up', ', U+200B;'], ['made\nup', ', U+000A;'], ['\u{1f511}', '\u{1f511} (U+1F511)']]) {
    const trouble = await asked({ status: 200, text: '{}' }, { bearer });
    assert.equal(trouble.code, 'bearer_unsendable', bearer);
    for (const tag of ['en', 'zh']) {
      const said = sentence(trouble, words(tag));
      assert.ok(said.includes(tag === 'en' ? told : told.replace(/[,;] ?/g, '')) && !said.includes('made'), said);
    }
  }
  assert.deepEqual(await asked({ status: 200, text: '{"way":"form"}' }), { way: 'form' });
});

test('what is wrong with the file itself is not offered to be tried again', () => {
  for (const code of ['type_not_allowed', 'size_not_allowed', 'name_too_long']) assert.equal(new Trouble(code).canBeRetried, false, code);
  for (const code of ['connection_lost', 'too_fast', 'storage_refused', 'bearer_unknown']) assert.equal(new Trouble(code).canBeRetried, true, code);
});

test('sizes that differ are told apart', () => {
  const told = (found, most) => sizesApart([found, most], 'en');
  assert.deepEqual(told(30_000_000, 20_971_520), ['30 MB', '21 MB']);
  assert.deepEqual(told(21_000_000, 20_971_520), ['21 MB', '20.97 MB']);
  assert.deepEqual(told(20_973_000, 20_971_520), ['20.973 MB', '20.972 MB']);
  assert.deepEqual(told(20_971_521, 20_971_520), ['20,971,521 bytes', '20,971,520 bytes']);
  assert.deepEqual(told(250_400_000, 250_000_000), ['250.4 MB', '250 MB']);
  assert.deepEqual(sizesApart([1000, 1000], 'en'), ['1 kB', '1 kB']);
});

test('a pause ends when the upload is cancelled', async () => {
  const stop = new AbortController();
  const lost = () => Promise.reject(new Trouble('connection_lost', { mayPass: true }));
  const ended = retrying(lost, { signal: stop.signal, waiting: () => stop.abort() }).catch((thrown) => thrown.code);
  assert.equal(await ended, 'cancelled');
});

test('answers are read, and only read', () => {
  const xml = { text: '<?xml version="1.0"?><R xmlns="x"><UploadId>2~a&amp;b&#x41;</UploadId></R>', header: () => '"tag"' };
  assert.equal(uploadIdIn(xml, 'xml'), '2~a&bA');
  assert.equal(uploadIdIn({ text: '{"uploadId":"abc"}' }, 'json'), 'abc');
  for (const [text, form] of [['', 'xml'], ['<UploadId></UploadId>', 'xml'], ['{"uploadId":1}', 'json'], ['null', 'json'], ['<', 'json']]) {
    assert.throws(() => uploadIdIn({ text }, form), { code: 'storage_unclear' }, text);
  }
  assert.equal(tagIn(xml, 'xml'), '"tag"');
  assert.equal(tagIn({ header: () => null }, 'xml'), null);
  assert.equal(tagIn({ text: '{"etag":"t"}' }, 'json'), 't');
  const list = '<Part><PartNumber>2</PartNumber><ETag>&quot;t&quot;</ETag><Size>7</Size></Part><Part><Size>1</Size><PartNumber>1</PartNumber><ETag>u</ETag></Part>';
  assert.deepEqual(partsIn({ text: list }, 'xml'), new Map([[2, { tag: '"t"', size: 7 }], [1, { tag: 'u', size: 1 }]]));
  assert.equal(element('<Code>a&#1114112;</Code>', 'Code'), 'a&#1114112;');
  assert.deepEqual(refusalIn('{"error":"bad token"}'), { code: null, message: 'bad token', request: null });
  assert.deepEqual(refusalIn('<html>'), { code: null, message: null, request: null });
});

test('an upload is completed with its parts in order', () => {
  const tags = new Map([[10, 'j'], [2, '"b&<"']]);
  const xml = '<CompleteMultipartUpload><Part><PartNumber>2</PartNumber><ETag>"b&#38;&#60;"</ETag></Part><Part><PartNumber>10</PartNumber><ETag>j</ETag></Part></CompleteMultipartUpload>';
  assert.equal(completion(tags, 'xml', 'a', 'b/c'), xml);
  const json = { parts: [{ etag: '"b&<"', partNumber: 2 }, { etag: 'j', partNumber: 10 }], fname: 'a', mimeType: 'b/c' };
  assert.deepEqual(JSON.parse(completion(tags, 'json', 'a', 'b/c')), json);
});

test('folders are walked to their end, in order', async () => {
  const leaf = (fullPath) => ({ isDirectory: false, fullPath, file: (resolve) => resolve({ name: fullPath }) });
  const lost = { isDirectory: false, fullPath: '/lost', file: (_, reject) => reject(new Error('gone')) };
  const folder = (...batches) => ({ isDirectory: true, createReader: () => ({ readEntries: (resolve) => resolve(batches.shift() ?? []) }) });
  const tree = [folder([leaf('/a/1'), folder([leaf('/a/b/2')])], [lost, leaf('/a/3')]), null, leaf('/4')];
  assert.deepEqual((await walked(tree)).map(({ path }) => path), ['a/1', 'a/b/2', 'a/3', '4']);
});

test('a file is held against the limits before it is sent', () => {
  const limits = { types: ['image/*', 'text/plain'], maxSize: 10 };
  const code = (file) => objection({ name: 'a', size: 1, type: 'image/png', ...file }, limits)?.code;
  assert.equal(code({}), undefined);
  assert.equal(code({ type: 'text/plain;charset=utf-8' }), undefined);
  assert.equal(code({ size: 11 }), 'size_not_allowed');
  for (const type of ['', 'text/html', 'imagex/png', 'text/plainx']) assert.equal(code({ type }), 'type_not_allowed', type);
  assert.equal(code({ name: '\u952e'.repeat(400) }), 'name_too_long');
  assert.equal(typeOf({ type: '' }), 'application/octet-stream');
});

test('numbers are told in both languages', () => {
  assert.deepEqual([0, 999, 48_213, 12_000_000, 250_000_000, 3e12].map((bytes) => size(bytes, 'en')), ['0 bytes', '999 bytes', '48.2 kB', '12 MB', '250 MB', '3 TB']);
  assert.deepEqual([0.2, 59, 61, 120, 3601, 7380].map((seconds) => span(seconds, 'en')), ['1 sec', '59 sec', '1 min 1 sec', '2 min', '1 hr', '2 hr 3 min']);
  assert.match(span(61, 'zh-CN'), /1\s?分钟 1\s?秒/);
  // All of it only when it is all.
  assert.deepEqual([share(999, 1000, 'en'), share(1, 1, 'en'), share(0, 0, 'en')], ['99%', '100%', '100%']);
});

test('the speed is that of the last seconds', () => {
  const speed = new Speed();
  assert.equal(speed.perSecond, null);
  speed.note(0, 0);
  speed.note(1000, 100);
  assert.equal(speed.perSecond, null);
  for (let second = 1; second <= 20; second += 1) speed.note(second < 10 ? 0 : (second - 9) * 1000, second * 1000);
  assert.equal(Math.round(speed.perSecond), 1000);
});

test('both languages say the same things', () => {
  const [en, zh] = [words('en'), words('zh')];
  const shape = (one) => Object.entries(one).map(([name, value]) => [name, typeof value]);
  assert.deepEqual(shape(en), shape(zh));
  assert.deepEqual(shape(en.troubles), shape(zh.troubles));
  assert.deepEqual(shape(en.pauses), shape(zh.pauses));
  assert.deepEqual(Object.keys(en.kinds), Object.keys(zh.kinds));
});
