// The page on a static host, below a path: what it says equals what the command says, nothing leaves it, and nothing pasted
// becomes more than text.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { EXAMPLES } from '../examples.js';
import en from '../words/en.js';
import { AT, CLI, ROOT, SECRET, explained, opened, quiet, settled, stage } from './harness.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'playground-'));
const here = stage();
let usual;

after(() => rmSync(FOLDER, { recursive: true, force: true }));

/** The page that most tests share, cleared. */
async function cleared() {
  if (!usual) {
    const context = await here.chrome.newContext({ locale: 'en-US', viewport: { width: 1440, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] });
    usual = await opened(context, here.site.url);
  }
  quiet(usual);
  await usual.selectOption('#language', 'en');
  await usual.click('#clear');
  await usual.locator('#empty:not([hidden])').waitFor();
  return usual;
}

/** What the command says of the same. */
const command = (input, options) => JSON.parse(printed(input, 'json', options));

/** What the command says first, in one sentence. */
const firstLine = (input, options) => even(printed(input, 'text', options).split('\n')[0]);

function printed(input, format, { secret = SECRET, at = AT, lang = 'en', error, depth = '2', more = [] } = {}) {
  const file = (name, text) => {
    const path = join(FOLDER, name);
    writeFileSync(path, text);
    return path;
  };
  const args = ['explain', file('input', input), '--format', format, '--lang', lang, '--depth', depth, ...more];
  if (at !== '') args.push('--at', at);
  if (secret !== '') args.push('--secret-file', file('secret', secret));
  if (error) args.push('--error', file('error', error));
  const { stdout, stderr } = spawnSync(CLI, args, { encoding: 'utf8', env: { PATH: process.env.PATH, HOME: FOLDER, COLUMNS: '4000' } });
  assert.notEqual(stdout, '', stderr);
  return stdout;
}

/** A report without what differs from run to run, or is the command's alone: where the secret lay. */
function bare({ secret, steps, searched: { elapsed_us, ...searched }, ...report }) {
  return { ...report, searched };
}

/** That a report of the page is the command's. */
function same(page, command) {
  const [own, theirs] = [bare(page), bare(command)];
  // Pages have no tables of GBK, and try less where there is something to be written in it.
  if (/[^\x00-\x7f]/.test(JSON.stringify(theirs.documents))) {
    for (const count of ['variants', 'causes']) {
      assert.ok(own.searched[count] <= theirs.searched[count] && own.searched[count] > 0 === theirs.searched[count] > 0, count);
      own.searched[count] = theirs.searched[count];
    }
  }
  assert.deepEqual(own, theirs);
}

/** A text without what a page shows in another way: quotes of code, capitals, line breaks. */
const even = (text) => text.replaceAll('`', '').replace(/\s+/g, ' ').trim().toLowerCase();

/** That the headline is what the command says first: behind its verdict, and before its numbers. */
async function saysTheSame(page, first) {
  const headline = even(await page.locator('.verdict .headline').innerText());
  assert.ok(headline !== '' && first.includes(headline), `${headline}\n${first}`);
}

const example = (id) => EXAMPLES.find((one) => one.id === id);

/** The report of the page, by its own button. */
async function copied(page) {
  await page.click('#copy-json');
  await page.locator('#copy-json').getByText(/Copied|已复制/).waitFor();
  return JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
}

for (const { id, input, secret, at } of EXAMPLES.filter((one) => one.id !== 'har')) {
  for (const lang of ['en', 'zh']) {
    test(`what it says of the example ${id} in ${lang} is what the command says`, async () => {
      const page = await cleared();
      await page.selectOption('#language', lang);
      await page.click(`[data-example="${id}"]`);
      await settled(page);
      const report = await copied(page);
      const theirs = command(input, { secret, at, lang });
      same(report, theirs);
      assert.deepEqual([theirs.verdict, theirs.findings[0].certainty], ['mismatch', 'proved']);
      // And what is shown is what is copied.
      assert.equal(await page.locator('.verdict').getAttribute('data-verdict'), theirs.verdict);
      const best = theirs.findings.filter(({ group }) => group === 0);
      const shown = await page.locator('.verdict .finding').evaluateAll((all) => all.map((one) => one.dataset.code));
      assert.deepEqual(shown, best.map(({ code }) => code));
      await saysTheSame(page, firstLine(input, { secret, at, lang }));
      const text = even(await page.locator('.verdict').innerText());
      for (const { title, help } of best) assert.ok(text.includes(even(help)) && text.includes(even(title)), `${text}\n${title}\n${help}`);
      // The right text is that of the report, byte by byte, as far as it can be seen.
      const steps = await page.locator('.steps .value').allInnerTexts();
      assert.ok(steps.includes(theirs.documents.at(-1).text), steps.join('\n--\n'));
      assert.ok(steps.includes(theirs.expected_signature));
      quiet(page);
    });
  }
}

for (const [name, file, error] of [
  ['signature-version-wrong/s3-v2-by-oss-v1-and-type', 'request.http'],
  ['date-localised/oss-v1-chinese-shanghai-time', 'request.http'],
  ['secret-wrong/server-holds-another', 'request.http', 'answer.xml'],
  ['secret-wrong/nothing-else-fits', 'request.http'],
  ['url-ampersand-escaped/oss-v4-url-and-added', 'request.url'],
  ['content-md5-hex/oss-v1-upper-case-not-sent', 'request.http'],
]) {
  const folder = join(ROOT, 'tests/vectors/causes', name);
  test(`what it says of the planted ${name}, opened as a file, is what the command says`, async () => {
    const page = await cleared();
    const secret = readFileSync(join(folder, 'secret'), 'utf8');
    await page.fill('#secret', secret);
    if (error) {
      await page.locator('#answer-details').evaluate((details) => (details.open = true));
      await page.fill('#answer', readFileSync(join(folder, error), 'utf8'));
    }
    await page.locator('#hints').evaluate((details) => (details.open = true));
    await page.fill('#at', AT);
    await page.setInputFiles('#file', join(folder, file));
    await settled(page);
    const options = { secret, error: error && readFileSync(join(folder, error)) };
    same(await copied(page), command(readFileSync(join(folder, file)), options));
    for (const lang of ['en', 'zh']) {
      await page.selectOption('#language', lang);
      await settled(page);
      await saysTheSame(page, firstLine(readFileSync(join(folder, file)), { ...options, lang }));
    }
    quiet(page);
  });
}

test('without a secret it says what would decide, and with the server’s answer alone it can tell', async () => {
  const page = await cleared();
  const { input } = example('oss');
  await explained(page, { input, secret: '' });
  same(await copied(page), command(input, { secret: '' }));
  assert.equal(await page.locator('.verdict .headline').innerText(), en.headlines.undecidedNoSecret);
  assert.equal(await page.locator('.verdict').getAttribute('data-verdict'), 'undecided');
  assert.match(await page.locator('.verdict .open').innerText(), /The secret would decide/);
  const folder = join(ROOT, 'tests/vectors/causes/clock-skew/oss-v4-server');
  const [skewed, answer] = ['request.http', 'answer.xml'].map((name) => readFileSync(join(folder, name), 'utf8'));
  await explained(page, { input: skewed, secret: '', error: answer });
  const theirs = command(skewed, { secret: '', error: answer });
  same(await copied(page), theirs);
  assert.deepEqual([theirs.findings[0].code, theirs.findings[0].certainty], ['clock-skew', 'server']);
  quiet(page);
});

test('scheme, clock and hints count', async () => {
  const page = await cleared();
  const { input, secret } = example('s3');
  const request = input.split('\n').filter((line) => line.startsWith('> ')).map((line) => line.slice(2)).join('\n') + '\n\n';
  await explained(page, { input: request, secret, at: '2026-05-01T10:33:00Z' });
  same(await copied(page), command(request, { at: '2026-05-01T10:33:00Z' }));
  await page.fill('#region', 'eu-west-1');
  await settled(page);
  same(await copied(page), command(request, { at: '2026-05-01T10:33:00Z', more: ['--region', 'eu-west-1'] }));
  assert.equal(await page.locator('#hints-set').innerText(), '2 set');
  await page.selectOption('#scheme', 'oss-v1-header');
  await page.locator('#result [data-trouble="no-signature"]').waitFor();
  await page.fill('#at', 'tomorrow');
  await page.locator('#result [data-trouble="bad-clock"]').waitFor();
  quiet(page);
});

test('the fix is the line of what the request is made with: as the headers say, or as chosen', async () => {
  const page = await cleared();
  const { input, secret, at } = example('oss');
  const unsaid = input.replace(/^user-agent:.*\n/im, '');
  await explained(page, { input: unsaid, secret, at });
  assert.equal(await page.locator('.verdict [data-stack]').count(), 0);
  assert.match(await page.locator('.verdict').innerText(), /for the line to change: .*axios/);
  await page.selectOption('#stack', 'axios');
  await settled(page);
  const theirs = command(unsaid, { at, more: ['--stack', 'axios'] });
  same(await copied(page), theirs);
  const [{ line }] = theirs.findings[0].fixes;
  assert.equal((await page.locator('.verdict [data-stack="axios"]').innerText()).replace(/\s+/g, ' '), `axios ${line.replaceAll('`', '')}`);
  assert.equal(await page.locator('#hints-set').innerText(), '2 set');
  quiet(page);
});

test('what was found of one of several requests is not searched for again', async () => {
  const page = await cleared();
  await page.evaluate(() => {
    globalThis.asked = 0;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message) {
      globalThis.asked += 1;
      post.call(this, message);
    };
  });
  await page.click('[data-example="har"]');
  await settled(page);
  assert.equal(await page.evaluate(() => globalThis.asked), 4);
  for (const number of [2, 4, 1]) {
    await page.getByRole('button', { name: `Show request ${number}` }).click();
    await settled(page);
    assert.equal(await page.getByRole('button', { name: `Show request ${number}` }).getAttribute('aria-current'), 'true');
  }
  assert.equal(await page.locator('.verdict').getAttribute('data-verdict'), 'valid');
  assert.equal(await page.evaluate(() => globalThis.asked), 4);
  quiet(page);
});

test('several requests are a table, each with its own verdict, and any can be looked at', async () => {
  const page = await cleared();
  await page.click('[data-example="har"]');
  await page.locator('.requests tr[data-verdict="rejected"]').waitFor();
  const rows = await page.locator('.requests tbody tr').evaluateAll((all) => all.map((row) => [row.dataset.verdict, row.children[3].textContent, row.lastChild.textContent]));
  assert.deepEqual(rows, [
    ['valid', 'oss-v1-header', ''],
    ['mismatch', 'oss-v1-header', 'content-type-added-by-client'],
    ['valid', 'cos-xml-url', ''],
    ['rejected', 'oss-v1-url', 'expired'],
  ]);
  await page.getByRole('button', { name: 'Show request 2' }).click();
  await page.locator('.verdict[data-verdict="mismatch"]').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Show request 2' }).getAttribute('aria-current'), 'true');
  assert.equal(await page.locator('.verdict .finding').getAttribute('data-code'), 'content-type-added-by-client');
  quiet(page);
});

test('an error alone is told, a word nearly right is, and prose is refused in one sentence', async () => {
  const page = await cleared();
  await page.fill('#input', '<?xml version="1.0"?><Error><Code>RequestTimeTooSkewed</Code><Message>x</Message></Error>');
  await page.locator('.error-entry').first().waitFor();
  assert.match(await page.locator('.error-entry').first().innerText(), /RequestTimeTooSkewed/);
  await page.fill('#input', 'SignatureDoesNotMach');
  await page.locator('.error-entry[data-code="SignatureDoesNotMatch"]').waitFor();
  await page.fill('#input', 'it does not work for me, and I do not know what I should try next, for it worked yesterday and today it does not');
  const trouble = page.locator('[data-trouble="not-recognised"]');
  await trouble.waitFor();
  assert.equal(await trouble.innerText(), en.troubles['not-recognised']);
  await page.selectOption('#language', 'zh');
  await page.locator('[data-trouble="not-recognised"]', { hasText: '没有在这段文本中认出' }).waitFor();
  await page.fill('#input', 'GET /a HTTP/1.1\nHost: b.oss-cn-hangzhou.aliyuncs.com\n\n');
  await page.locator('[data-trouble="no-signature"]', { hasText: '这个请求没有签名' }).waitFor();
  quiet(page);
});

test('a HAR file cut off in its middle is told as that, typed or opened, and its field is marked', async () => {
  const page = await cleared();
  const { input, secret, at } = example('har');
  const trouble = page.locator('#result [data-trouble="har-cut"]');
  for (const end of [200, 1000, 3000, input.length - 2]) {
    await explained(page, { input: input.slice(0, end), secret, at });
    assert.equal(await trouble.innerText(), en.troubles['har-cut'], `${end}`);
    assert.equal(await page.getAttribute('#input', 'aria-invalid'), 'true');
    assert.equal(await page.locator('#verdict-live').textContent(), en.troubles['har-cut']);
  }
  await page.selectOption('#language', 'zh');
  await page.locator('#result [data-trouble="har-cut"]', { hasText: 'HAR 文件不完整' }).waitFor();
  await page.selectOption('#language', 'en');
  await explained(page, { input, secret, at });
  assert.equal(await page.getAttribute('#input', 'aria-invalid'), null);
  // One that is too large for the field.
  const large = join(FOLDER, 'cut.har');
  writeFileSync(large, input.replace('"made up"', JSON.stringify('x'.repeat(300 << 10))).slice(0, -10));
  await page.setInputFiles('#file', large);
  await trouble.waitFor();
  await page.click('#drop-file');
  await page.fill('#input', '{"key": "a.jpg", "policy": "eyJ');
  await page.locator('#result [data-trouble="json-cut"]').waitFor();
  await page.fill('#at', 'tomorrow');
  await page.locator('#result [data-trouble="bad-clock"]').waitFor();
  assert.deepEqual([await page.getAttribute('#at', 'aria-invalid'), await page.getAttribute('#input', 'aria-invalid')], ['true', null]);
  quiet(page);
});

test('what is only likely is told to a screen reader as that', async () => {
  const page = await cleared();
  const folder = join(ROOT, 'tests/vectors/causes/server-side-condition-not-visible/oss-v1-referer');
  const [input, error] = ['request.http', 'answer.xml'].map((name) => readFileSync(join(folder, name), 'utf8'));
  await explained(page, { input, error, secret: readFileSync(join(folder, 'secret'), 'utf8'), at: '2018-05-21T19:56:25Z' });
  const told = page.locator('#verdict-live');
  assert.match(await told.textContent(), /^Would be refused, likely: The signature is right, but the server refused the request because of the `Referer`/);
  await page.selectOption('#language', 'zh');
  await settled(page);
  assert.match(await told.textContent(), /^会被拒绝（很可能）：/);
  await page.selectOption('#language', 'en');
  await page.fill('#answer', '');
  await page.fill('#input', 'SignatureDoesNotMach');
  await page.locator('.error-entry').waitFor();
  assert.equal(await told.textContent(), `${en.nearest} SignatureDoesNotMatch`);
  quiet(page);
});

test('a file is dropped, one that is no text is kept aside, and line ends are those of the file', async () => {
  const page = await cleared();
  const drop = (name, bytes) =>
    page.evaluate(
      ([name, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], name));
        dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      [name, [...bytes]],
    );
  await page.fill('#secret', SECRET);
  await drop('put.http', Buffer.from(EXAMPLES[0].input.replaceAll('\n', '\r\n')));
  await page.locator('.verdict[data-verdict="mismatch"]').waitFor();
  assert.match(await page.inputValue('#input'), /^PUT \/2026/);
  await drop('<img src=x onerror=pwned=1>.http', Buffer.concat([Buffer.from(EXAMPLES[0].input), Buffer.from([0, 255, 254])]));
  await page.locator('#file-chip:not([hidden])').waitFor();
  assert.match(await page.locator('#file-name').innerText(), /^<img src=x onerror=pwned=1>\.http, \d+ bytes$/);
  await page.locator('.verdict[data-verdict="mismatch"]').waitFor();
  await page.click('#drop-file');
  await page.locator('#empty:not([hidden])').waitFor();
  quiet(page);
});

test('a search for three mistakes can be stopped, and the page goes on', async () => {
  const page = await cleared();
  const { input } = example('s3');
  await explained(page, { input, secret: 'anotherSecretThatFitsNothing' });
  await page.locator('#hints').evaluate((details) => (details.open = true));
  // Pressed as soon as it is shown: the search may be over within the second.
  await page.evaluate(() => {
    const working = document.getElementById('working');
    const press = (changes, observer) => {
      if (working.hidden) return;
      observer.disconnect();
      document.getElementById('stop').click();
    };
    new MutationObserver(press).observe(working, { attributes: true });
  });
  await page.selectOption('#depth', '3');
  await page.locator('[data-trouble="stopped"]').waitFor();
  assert.equal(await page.locator('#working').isVisible(), false);
  await page.selectOption('#depth', '2');
  await page.fill('#secret', SECRET);
  await page.locator('.verdict .finding[data-code="double-encoded-path"]').waitFor();
  // What is typed meanwhile ends a search that is no longer wanted.
  await page.fill('#secret', 'anotherSecretThatFitsNothing');
  await page.selectOption('#depth', '3');
  await page.locator('#working:not([hidden])').waitFor();
  await page.selectOption('#depth', '2');
  await page.fill('#secret', SECRET);
  await page.locator('.verdict .finding[data-code="double-encoded-path"]').waitFor({ timeout: 5_000 });
  quiet(page);
});
