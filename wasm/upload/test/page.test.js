// The page by itself: what is dropped and pasted, languages, keyboard and screen reader, hostile names and answers, and how it
// looks. The storage is the stand-in for OSS.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ALICE, FOLDER, SHOTS, browser, file, policy, proxy, row, service, signedIn, state, vendor } from './harness.js';
import { pictures } from './pictures.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PIECE = 5 << 20;
let storage, line, served, chrome;

before(async () => {
  [storage, chrome] = await Promise.all([vendor('oss', 'photos', 'cn-hangzhou'), browser()]);
  line = await proxy(storage.port);
  const where = `provider = "oss"\nbucket = "photos"\nregion = "cn-hangzhou"\nendpoint = "http://127.0.0.1:${line.port}"\naddressing = "custom"`;
  served = await service(policy(where, { types: ['image/*', 'video/*', 'text/plain', 'application/pdf'] }));
});

after(async () => {
  await chrome?.close();
  await served?.end('SIGTERM');
  await line?.end();
  await storage?.end();
});

/** A page for one test. */
async function opened(options = {}, use) {
  const context = await chrome.newContext({ locale: 'en-US', viewport: { width: 900, height: 760 }, ...options });
  try {
    const page = await signedIn(context, served.url);
    await use(page);
    assert.deepEqual(page.faults, []);
  } finally {
    Object.assign(line.state, { rate: Infinity, held: null });
    await context.close();
  }
}

/** Real files of this machine over the page, as somebody drags them. */
async function drag(page, paths, types) {
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of types) await cdp.send('Input.dispatchDragEvent', { type, x: 450, y: 250, data });
}

test('files and whole folders can be dropped', async () => {
  await opened({}, async (page) => {
    for (const name of ['tree/a.txt', 'tree/sub/b.txt', 'tree/sub/deeper/c.txt', 'single.txt']) file(name, Buffer.from(name));
    const dragged = [join(FOLDER, 'tree'), join(FOLDER, 'single.txt')];
    await drag(page, dragged, ['dragEnter', 'dragOver']);
    // What lies under the pointer is not known before the page is drawn: whoever drags goes on moving.
    const isOver = async () => (await page.locator('.drop.over').count()) > 0;
    for (let moves = 0; moves < 100 && !(await isOver()); moves += 1) {
      await drag(page, dragged, ['dragOver']);
      await page.waitForTimeout(100);
    }
    assert.ok(await isOver(), 'the page shows that files can be dropped');
    assert.equal(await page.locator('#drop-title').innerText(), 'Drop to upload');
    await drag(page, dragged, ['drop']);
    const names = ['tree/a.txt', 'tree/sub/b.txt', 'tree/sub/deeper/c.txt', 'single.txt'];
    for (const name of names) assert.equal(await state(page, name, ['done', 'failed']), 'done', name);
    assert.equal(await page.locator('.row').count(), 4);
    assert.equal(await page.locator('.drop.over').count(), 0);
  });
});

test('a folder can be chosen, and files can be pasted', async () => {
  await opened({}, async (page) => {
    await page.setInputFiles('#folder', join(FOLDER, 'tree'));
    assert.equal(await state(page, 'tree/sub/deeper/c.txt', ['done', 'failed']), 'done');
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['from the clipboard'], 'pasted.txt', { type: 'text/plain' }));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    assert.equal(await state(page, 'pasted.txt', ['done', 'failed']), 'done');
    assert.ok(Object.values(await storage.objects()).some(({ bytes }) => Buffer.from(bytes, 'base64').toString() === 'from the clipboard'));
  });
});

test('what the service would refuse is not sent', async () => {
  await opened({}, async (page) => {
    const before = [line.state.requests.length, served.log().length];
    await page.setInputFiles('#files', [file('song.mp3', Buffer.from('x')), file('huge.pdf', Buffer.alloc((64 << 20) + 1))]);
    const texts = await Promise.all(['song.mp3', 'huge.pdf'].map(async (name) => (await state(page, name, 'failed')) && row(page, name).innerText()));
    assert.match(texts[0], /Files of type audio\/mpeg are not allowed; expected images, videos, plain text, and PDF/);
    assert.match(texts[1], /It has 67,108,865 bytes; at most 67,108,864 bytes are allowed/);
    // They would be refused again.
    assert.equal(await page.getByRole('button', { name: /again/ }).count(), 0);
    assert.deepEqual([line.state.requests.length, served.log().length], before);
  });
});

test('a wrong access token is told, and nothing is kept', async () => {
  const context = await chrome.newContext({ locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(served.url);
  await page.fill('#token', 'made-up-token-of-nobody-at-all');
  await page.press('#token', 'Enter');
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.equal(await alert.innerText(), '访问令牌不正确，请检查是否复制完整');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'token');
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  await context.close();
});

test('a token with curly quotes is told by them, before anything is sent', async () => {
  for (const [locale, told] of [['en-US', /^this access token has a character that cannot be sent, “ \(U\+201C\);/i], ['zh-CN', /^访问令牌中有无法发送的字符 “ \(U\+201C\)，/]]) {
    const context = await chrome.newContext({ locale });
    const page = await context.newPage();
    await page.goto(served.url);
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.fill('#token', `“${ALICE}”`);
    await page.press('#token', 'Enter');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), told);
    assert.ok(!(await alert.innerText()).includes(ALICE));
    assert.ok(!asked.includes('/limits'), asked.join());
    await context.close();
  }
});

test('a service that is asked too fast is told as that, with the time until it is asked again', async () => {
  await opened({}, async (page) => {
    let refusals = 1;
    await page.route('**/token', (route) => {
      refusals -= 1;
      return refusals < 0 ? route.continue() : route.fulfill({ status: 429, body: '<html>429 Too Many Requests</html>', headers: { 'Retry-After': '3' } });
    });
    await page.setInputFiles('#files', file('hasty.txt', Buffer.from('x')));
    await state(page, 'hasty.txt', 'pausing');
    assert.match(await row(page, 'hasty.txt').locator('.status').innerText(), /^too many requests, attempt 2 of 6 in [123] sec$/);
    assert.equal(await state(page, 'hasty.txt', ['done', 'failed']), 'done');
    // Longer than anybody would look at the page.
    await page.unroute('**/token');
    await page.route('**/token', (route) => route.fulfill({ status: 429, body: '', headers: { 'Retry-After': '3600' } }));
    await page.setInputFiles('#files', file('later.txt', Buffer.from('x')));
    await state(page, 'later.txt', 'failed');
    assert.match(await row(page, 'later.txt').innerText(), /Too many requests in a short time; try again in 1 hr/);
    await page.getByRole('button', { name: 'Try again: later.txt' }).waitFor();
  });
});

test('the language is that of the browser, and can be changed', async () => {
  await opened({ locale: 'zh-CN' }, async (page) => {
    assert.equal(await page.title(), '上传文件');
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    await page.setInputFiles('#files', [file('song.mp3', Buffer.from('x')), file('note.txt', Buffer.from('note'))]);
    await state(page, 'note.txt', 'done');
    assert.match(await row(page, 'song.mp3').innerText(), /不允许上传 audio\/mpeg 类型的文件，可以上传：图片、视频、纯文本和PDF/);
    await page.selectOption('#language', 'en');
    assert.match(await row(page, 'song.mp3').innerText(), /Files of type audio\/mpeg are not allowed/);
    assert.equal(await row(page, 'note.txt').locator('.status').innerText(), 'uploaded · 4 bytes');
    await page.reload();
    await page.waitForSelector('#drop:not([hidden])');
    assert.equal(await page.title(), 'Upload files');
    // Nothing is left without words.
    const bare = await page.evaluate(() => [...document.querySelectorAll('[data-word]')].filter((one) => !one.textContent).map((one) => one.dataset.word));
    assert.deepEqual(bare, []);
  });
});

test('all can be done with the keyboard, and is told to a screen reader', async () => {
  await opened({}, async (page) => {
    const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent);
    assert.equal(await focused(), 'Choose files');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Choose a folder');
    const told = page.getByRole('log');
    await page.setInputFiles('#files', [file('one.mp3', Buffer.from('x')), file('two.mp3', Buffer.from('x'))]);
    await told.getByText('All done: 0 uploaded, 2 failed').waitFor({ state: 'attached' });
    const lines = (await told.locator('p').allTextContents()).map((line) => line.split(':')[0]);
    assert.deepEqual(lines, ['one.mp3 was not uploaded', 'two.mp3 was not uploaded', '2 files added', 'All done']);
    const order = [];
    for (let at = 0; at < 3; at += 1) {
      await page.keyboard.press('Tab');
      order.push(await focused());
    }
    // What failed for its type would fail again.
    assert.deepEqual(order, ['Clear the list', 'Remove from the list: one.mp3', 'Remove from the list: two.mp3']);
    // The focus goes on to what is left.
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.row').count(), 1);
    assert.equal(await focused(), 'Remove from the list: one.mp3');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'Choose files');

    line.state.held = /^PUT .*partNumber=2&/;
    await page.setInputFiles('#files', file('slow.pdf', randomBytes(2 * PIECE)));
    const bar = page.getByRole('progressbar', { name: 'Progress of slow.pdf' });
    await bar.waitFor();
    await page.getByRole('progressbar', { name: 'Progress of all uploads' }).waitFor();
    await page.getByRole('button', { name: 'Cancel slow.pdf' }).focus();
    await page.keyboard.press('Enter');
    await state(page, 'slow.pdf', 'cancelled');
    assert.equal(await focused(), 'Try again: slow.pdf');
  });
});

test('neither a name nor an answer can run a script', async () => {
  const evil = '<img src=x onerror="pwned=1"><script>pwned=1</script>"\'&';
  await opened({}, async (page) => {
    const answer = (status, body) => ({ status, body, contentType: 'text/html', headers: { 'Access-Control-Allow-Origin': '*' } });
    const xml = `<Error><Code>&lt;img src=x onerror=pwned=1&gt;</Code><Message>${evil.replaceAll('<', '&lt;')}</Message><RequestId><![CDATA[<script>pwned=1</script>]]></RequestId></Error>`;
    await page.route(`http://127.0.0.1:${line.port}/**`, (route) => route.fulfill(answer(403, xml)));
    await page.evaluate((name) => {
      const data = new DataTransfer();
      data.items.add(new File(['<svg xmlns="http://www.w3.org/2000/svg" onload="pwned=1"><script>parent.pwned=1</script></svg>'], `${name}.svg`, { type: 'image/svg+xml' }));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, evil);
    await state(page, 'img src=x', 'failed');
    const told = await row(page, 'img src=x').innerText();
    assert.ok(told.includes(`${evil}.svg`), told);
    await page.locator('.facts').waitFor();
    assert.ok((await page.locator('.facts').innerText()).includes('<img src=x onerror=pwned=1>'));
    await page.unroute(`http://127.0.0.1:${line.port}/**`);

    // The service itself, and an answer of another shape than any.
    for (const [at, body] of [JSON.stringify({ code: evil, message: evil }), '<script>pwned=1</script>', '{"way":"form"}'].entries()) {
      await page.route('**/token', (route) => route.fulfill(answer(at === 2 ? 200 : 400, body)));
      await page.setInputFiles('#files', file(`answer-${at}.txt`, Buffer.from('x')));
      await state(page, `answer-${at}.txt`, 'failed');
      await page.unroute('**/token');
    }
    assert.ok((await row(page, 'answer-0.txt').innerText()).includes(evil));
    assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
    assert.equal(await page.locator('.row script, .row img[onerror], .facts *:not(dt, dd, code, div, p, ul, li)').count(), 0);
    // And if there were a place for it, the policy of the page would not let it.
    const ways = await page.evaluate(() => {
      const script = document.createElement('script');
      const tried = [
        () => (document.body.innerHTML = '<img src=x onerror=pwned=1>'),
        () => document.body.setAttribute('onclick', 'pwned=1'),
        () => (script.textContent = 'pwned=1'),
      ];
      return tried.map((way) => {
        try {
          way();
          return 'done';
        } catch {
          return 'blocked';
        }
      });
    });
    assert.deepEqual(ways, ['blocked', 'blocked', 'blocked']);
    assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
    page.faults = page.faults.filter((fault) => !/Content Security Policy|requires 'Trusted/.test(fault));
  });
});

for (const colorScheme of ['light', 'dark']) {
  test(`the page in ${colorScheme} is readable, and its pictures are taken`, async () => {
    await opened({ colorScheme, deviceScaleFactor: 1 }, async (page) => {
      const rules = async (what) => {
        const { violations } = await page.evaluate(`${AXE}; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], rules: { 'label-content-name-mismatch': { enabled: true } } })`);
        const told = violations.map(({ id, nodes }) => `${what}: ${id} ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`);
        assert.deepEqual(told, []);
      };
      const picture = (name) => page.screenshot({ path: join(SHOTS, `upload-${name}-${colorScheme}.png`) });
      await rules('empty');
      await drag(page, [join(FOLDER, 'single.txt')], ['dragEnter', 'dragOver']);
      await page.waitForSelector('.drop.over');
      await page.waitForTimeout(200);
      await picture('dragging');
      // Whoever drags them elsewhere tells the page nothing.
      await page.waitForSelector('.drop:not(.over)');

      await page.setInputFiles('#files', pictures(FOLDER));
      for (const name of ['harbour.png', 'meadow.png']) await state(page, name, 'done');
      // Slow enough to have a speed, and never done.
      Object.assign(line.state, { rate: 2 * PIECE, held: /^PUT .*partNumber=[67]&/ });
      await page.setInputFiles('#files', [file('holiday film.mp4', randomBytes(7 * PIECE)), file('报告 终稿.pdf', randomBytes(6 * PIECE)), file('song.mp3', Buffer.from('x'))]);
      await page.waitForFunction(() => /left/.test(document.querySelector('#total-bytes').textContent) && document.querySelectorAll('.row progress')[2].value > 0.15);
      await picture('uploading');
      await rules('uploading');
      await page.getByRole('button', { name: 'Cancel all' }).click();
      await state(page, 'holiday film.mp4', 'cancelled');
      await state(page, '报告 终稿.pdf', 'cancelled');
      Object.assign(line.state, { rate: Infinity, held: null });
      await page.getByRole('button', { name: 'Clear the list' }).click();

      await page.route('**/token', async (route) => {
        const answer = await route.fetch();
        const upload = await answer.json();
        upload.form.fields.find(([name]) => name === 'key')[1] = 'u/bob/harbour.png';
        await route.fulfill({ response: answer, json: upload });
      });
      await page.setInputFiles('#files', pictures(FOLDER)[0]);
      await state(page, 'harbour.png', 'failed');
      await page.locator('.facts').waitFor();
      await picture('error');
      await rules('error');
      await page.setViewportSize({ width: 390, height: 760 });
      await picture('error-narrow');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, 'nothing is wider than a telephone');
    });
  });
}

test('the token of the user is sent to the service alone', async () => {
  await opened({}, async (page) => {
    const seen = [];
    page.on('request', async (request) => {
      const headers = await request.allHeaders();
      if (JSON.stringify([request.url(), headers, request.postData()]).includes(ALICE)) seen.push(new URL(request.url()).origin);
    });
    await page.setInputFiles('#files', file('plain.txt', Buffer.from('x')));
    await state(page, 'plain.txt', 'done');
    assert.deepEqual([...new Set(seen)], [new URL(served.url).origin]);
    assert.equal(await page.evaluate((token) => JSON.stringify(localStorage).includes(token), ALICE), false);
  });
});
