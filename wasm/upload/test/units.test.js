// What needs no browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completion, element, partsIn, refusalIn, tagIn, uploadIdIn } from '../answers.js';
import { walked } from '../collect.js';
import { objection, typeOf } from '../endpoint.js';
import { Speed, share, size, span } from '../format.js';
import { ATTEMPTS, pauseBefore, retrying } from '../send.js';
import { Trouble } from '../trouble.js';
import { words } from '../words.js';

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
  const fault = new TypeError('a fault of the page');
  assert.equal((await run(1, fault)).result, fault);
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
  assert.deepEqual(Object.keys(en.kinds), Object.keys(zh.kinds));
});
