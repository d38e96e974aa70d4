// What is private stays in the page: no request, no trace of the secret, no script from what was pasted, nothing private in a link.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { EXAMPLES } from '../examples.js';
import { packed } from '../share.js';
import { ID, SECRET, explained, opened, otherHost, settled, stage } from './harness.js';
import { inside, texts } from './links.js';

const here = stage();
const { on } = here;

/** Everything a visitor does. */
async function walk(page) {
  for (const { id } of EXAMPLES) {
    await page.evaluate(() => (location.hash = 'explain'));
    await page.click('#clear');
    await page.click(`[data-example="${id}"]`);
    await settled(page);
  }
  await page.click('#share-open');
  await page.locator('#share[open]').waitFor();
  await page.click('#share-close');
  await page.fill('#input', 'NoSuchBucket');
  await page.locator('.error-entry').first().waitFor();
  await page.click('#to-build');
  for (const kind of ['token-kodo', 'form-oss', 'form-cos', 'form-ks3', 'form-s3', 'url-oss', 'url-cos', 'url-ks3', 'url-s3', 'url-kodo']) {
    await page.selectOption('#kind', kind);
    await page.click('#fill-example');
    await settled(page, 'build');
    await page.locator('#built .output').first().waitFor();
  }
  await page.click('#to-decode');
  for (const name of ['token', 'policy', 'url']) {
    await page.click(`#decode-examples [data-example="${name}"]`);
    await settled(page, 'decode');
    await page.locator('#decoded .result').first().waitFor();
  }
  await page.selectOption('#language', 'zh');
  await page.selectOption('#theme', 'dark');
}

test('once it is loaded, no request leaves the page, whatever is done', async () => {
  await on({}, async (page, context) => {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    const asked = [];
    // Chromium itself asks for the icon again when the part of the address behind `#` changes. It goes where it came from, and
    // carries nothing.
    const icon = new URL('shared/icon.svg', here.site.url).href;
    const isIcon = (request) => request.url() === icon && request.method() === 'GET' && request.postData() === null;
    let icons = 0;
    context.on('request', (request) => {
      if (isIcon(request)) icons += 1;
      else asked.push(request.url());
    });
    const before = here.site.requested.length;
    await walk(page);
    assert.deepEqual(asked, []);
    assert.ok(here.site.requested.length - before <= icons, `${here.site.requested.slice(before)}`);
  });
});

test('all it ever loaded came from its own folder', async () => {
  await on({}, async (page) => {
    await walk(page);
    // The worker is started from a line that the page holds itself, which imports a file of the folder.
    const foreign = page.asked.filter((url) => !url.startsWith(here.site.url) && !url.startsWith(`blob:${new URL(here.site.url).origin}/`));
    assert.deepEqual(foreign, []);
  });
});

test('it is installed and works with the network cut off, from its own copy and with its policy', async () => {
  await on({}, async (page, context) => {
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    const before = here.site.requested.length;
    await page.reload();
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    await walk(page);
    // But by Chromium itself, for a new version of what keeps the page.
    assert.deepEqual(here.site.requested.slice(before).filter((path) => !path.endsWith('/service-worker.js')), [], 'the host is not asked');
    // A search that is stopped starts the package anew, from the copy, too.
    await page.evaluate(() => (location.hash = 'explain'));
    await explained(page, { input: EXAMPLES.find(({ id }) => id === 's3').input, secret: 'anotherSecretThatFitsNothing' });
    await page.selectOption('#depth', '3');
    await page.locator('#working:not([hidden])').waitFor();
    await page.click('#stop');
    await page.selectOption('#depth', '1');
    await settled(page);
    await page.locator('.verdict').waitFor();
    const policy = await page.evaluate(async () => (await fetch('worker.js')).headers.get('content-security-policy'));
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/);
    const manifest = await page.evaluate(async () => (await fetch(document.querySelector('link[rel="manifest"]').href)).json());
    for (const { src } of manifest.icons) assert.ok(await page.evaluate(async (src) => (await fetch(src)).ok, src), src);
  });
});

test('the policy of the page lets nothing out and no script in', async () => {
  const other = await otherHost();
  await on({}, async (page) => {
    const blocked = await page.evaluate(async (other) => {
      const fails = async (act) => {
        try {
          await act();
          return false;
        } catch {
          return true;
        }
      };
      return [
        await fails(() => fetch(other)),
        await fails(() => document.body.setAttribute('onclick', 'pwned=1')),
        await fails(() => (document.body.innerHTML = '<img src=x onerror=pwned=1>')),
        await fails(() => (document.createElement('script').textContent = 'pwned=1')),
        await fails(() => new Worker('data:text/javascript,1')),
        await fails(() => new Worker(URL.createObjectURL(new Blob(['1'])))),
        await fails(() => trustedTypes.createPolicy('another', { createHTML: (text) => text })),
      ];
    }, other.url);
    assert.deepEqual(blocked, Array(7).fill(true));
    assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
    assert.ok(page.said.some((line) => /Content Security Policy/.test(line)), page.said.join());
    page.said.length = 0;
  });
  assert.deepEqual(other.received, []);
  await other.close();
});

test('nor does the worker, which holds the secret, at the first visit and at the second', async () => {
  const other = await otherHost();
  await on({}, async (page) => {
    const tried = async () => {
      assert.equal(page.workers().length, 1);
      return page.workers()[0].evaluate(async (other) => {
        const violated = new Promise((resolve) => addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective)));
        const answer = await fetch(other).then((answer) => answer.text(), () => 'blocked');
        return [answer, answer === 'blocked' ? await violated : ''];
      }, other.url);
    };
    assert.deepEqual(await tried(), ['blocked', 'connect-src']);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.reload();
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    assert.deepEqual(await tried(), ['blocked', 'connect-src']);
    page.said.length = 0;
  });
  assert.deepEqual(other.received, []);
  // The host would have answered.
  assert.equal(await (await fetch(other.url)).text(), 'read');
  await other.close();
});

test('a page that is open goes on with its own version, and the next has the new one', async () => {
  await on({}, async (page, context) => {
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    assert.equal(await page.locator('#offline').isVisible(), true);
    const worker = await (await fetch(new URL('service-worker.js', here.site.url))).text();
    try {
      here.site.changed.set('service-worker.js', worker.replace(/const VERSION = '.*'/, `const VERSION = '${'0'.repeat(16)}'`));
      here.site.changed.set('worker.js', 'throw new Error("of another version")');
      await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        await registration.update();
        const next = registration.installing ?? registration.waiting;
        while (next.state === 'installing') await new Promise((resolve) => next.addEventListener('statechange', resolve, { once: true }));
        if (next.state !== 'installed') throw new Error(`it is ${next.state}`);
      });
      assert.doesNotMatch(await page.evaluate(async () => (await fetch('worker.js')).text()), /another version/);
      await page.close();
      const next = await context.newPage();
      await next.goto(here.site.url);
      await next.waitForFunction(async () => /another version/.test(await (await fetch('worker.js')).text()));
      assert.deepEqual(await next.evaluate(() => caches.keys()), [`countersign-${'0'.repeat(16)}`]);
    } finally {
      here.site.changed.clear();
    }
  });
});

test('the secret is in its field and nowhere else', async () => {
  await on({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page, context) => {
    const secret = `madeUp${randomBytes(12).toString('hex')}`;
    const { input } = EXAMPLES.find(({ id }) => id === 's3');
    await explained(page, { input, secret });
    await page.click('#copy-json');
    await page.locator('#copy-json').getByText('Copied').waitFor();
    const json = await page.evaluate(() => navigator.clipboard.readText());
    await page.click('#share-open');
    await page.locator('#share[open]').waitFor();
    const link = await page.inputValue('#share-link');
    await page.click('#share-close');
    await page.locator('[data-secret="secret"] .reveal').click();
    assert.equal(await page.getAttribute('#secret', 'type'), 'text');
    const seen = await traces(page);
    const everywhere = { page: seen, json, link: inside(link), console: page.said.join('\n'), asked: page.asked.join('\n'), host: here.site.requested.join('\n') };
    for (const [place, text] of Object.entries(everywhere)) assert.ok(!text.includes(secret), place);
    // Half of it in a place would be a leak as well.
    for (const [place, text] of Object.entries(everywhere)) assert.ok(!text.includes(secret.slice(4, 20)), place);
    assert.equal(await page.getAttribute('#secret', 'autocomplete'), 'off');
    const state = JSON.stringify(await context.storageState());
    assert.ok(!state.includes(secret));
    // Whoever wants it forgotten has it forgotten; leaving does it as well.
    await page.locator('[data-secret="secret"] .forget').click();
    assert.deepEqual([await page.inputValue('#secret'), await page.getAttribute('#secret', 'type')], ['', 'password']);
    await page.fill('#secret', secret);
    await page.goto('about:blank');
    await page.goBack();
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await page.inputValue('#secret'), '');
  });
});

test('the secret of the builder is in its field and nowhere else', async () => {
  await on({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page, context) => {
    const secret = `madeUp${randomBytes(12).toString('hex')}`;
    await page.click('#to-build');
    await page.fill('#build-secret', secret);
    const copied = [];
    for (const kind of ['token-kodo', 'form-oss', 'form-cos', 'url-s3', 'url-kodo']) {
      await page.selectOption('#kind', kind);
      await page.click('#fill-example');
      await settled(page, 'build');
      for (const button of await page.locator('#built .copy').all()) {
        await button.click();
        await button.getByText('Copied').waitFor();
        copied.push(await page.evaluate(() => navigator.clipboard.readText()));
      }
    }
    assert.ok(copied.length >= 11, `${copied.length}`);
    assert.equal(await page.inputValue('#build-secret'), secret, 'an example does not take its place');
    const seen = await traces(page);
    const state = JSON.stringify(await context.storageState());
    for (const [place, text] of Object.entries({ page: seen, copied: copied.join('\n'), state, console: page.said.join('\n'), asked: page.asked.join('\n'), host: here.site.requested.join('\n') })) {
      assert.ok(!text.includes(secret.slice(4, 20)), place);
    }
    await page.click('#to-explain');
    await page.goto('about:blank');
    await page.goBack();
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await page.inputValue('#build-secret'), '');
  });
});

/** All a page shows and keeps, but what stands in its fields. */
function traces(page) {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const kept = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) kept.push(request.url);
    return JSON.stringify([
      document.documentElement.outerHTML, document.documentElement.innerText, { ...localStorage }, { ...sessionStorage }, document.cookie, location.href,
      databases, kept, document.title, history.state, [...document.querySelectorAll('*')].flatMap((one) => [...one.attributes].map((own) => own.value)),
    ]);
  });
}

const EVIL = '<img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script><svg onload=globalThis.pwned=1>"\'`&{{x}}${x}javascript:globalThis.pwned=1\u202e\u2066\u200b\u0007';

/** That nothing ran, and nothing of it became an element. */
async function harmless(page, what) {
  assert.equal(await page.evaluate(() => globalThis.pwned), undefined, what);
  const made = await page.evaluate(() => document.querySelectorAll('script:not([src]), img:not([src$="icon.svg"]), svg, iframe, object, embed, [onerror], [onload], [onclick], a[href^="javascript"]').length);
  assert.equal(made, 0, what);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(width <= 0, `${what}: ${width} pixels too wide`);
}

test('hostile texts in every field are texts', async () => {
  await on({}, async (page) => {
    const requests = {
      raw: `PUT /${encodeURIComponent(EVIL)}?${EVIL} HTTP/1.1\nHost: photos.oss-cn-hangzhou.aliyuncs.com\nDate: ${EVIL}\nx-oss-meta-a: ${EVIL}\nContent-Type: ${EVIL}\nAuthorization: OSS ${EVIL}:${EVIL}\n\n${EVIL}`,
      header: `PUT /a HTTP/1.1\nHost: photos.oss-cn-hangzhou.aliyuncs.com\nDate: Fri, 01 May 2026 08:30:15 GMT\nx-oss-meta-a: ${EVIL}\nAuthorization: OSS CSIDEXAMPLE0001:1pq+aV94wnlIgoFEkTNHGK9y8+w=\n\n`,
      url: `https://photos.oss-cn-hangzhou.aliyuncs.com/${EVIL}?OSSAccessKeyId=${encodeURIComponent(EVIL)}&Expires=1777624215&Signature=${encodeURIComponent(EVIL)}`,
      curl: `curl 'https://photos.oss-cn-hangzhou.aliyuncs.com/a' -H 'Authorization: OSS ${EVIL.replaceAll("'", '')}:x='`,
      token: `${EVIL}:${EVIL}:${Buffer.from(JSON.stringify({ scope: EVIL, deadline: 1, [EVIL]: EVIL })).toString('base64')}`,
      json: JSON.stringify({ policy: EVIL, OSSAccessKeyId: EVIL, Signature: EVIL, key: EVIL }),
      har: JSON.stringify({ log: { entries: [1, 2].map(() => ({ request: { method: EVIL, url: `https://h/${EVIL}?Signature=a&Expires=1&OSSAccessKeyId=b`, headers: [{ name: 'Authorization', value: `OSS ${EVIL}:x` }, { name: EVIL, value: EVIL }] }, response: { status: 403, headers: [], content: { text: EVIL } } })) } }),
      error: `<Error><Code>${EVIL}</Code><Message>${EVIL}</Message></Error>`,
      answer: `> GET / HTTP/1.1\n> Host: b.oss-cn-hangzhou.aliyuncs.com\n> Date: Fri, 01 May 2026 08:30:15 GMT\n> Authorization: OSS a:b=\n>\n< HTTP/1.1 403 ${EVIL}\n<\n<Error><Code>SignatureDoesNotMatch</Code><StringToSign>${EVIL}</StringToSign></Error>`,
    };
    for (const [name, input] of Object.entries(requests)) {
      await explained(page, { input, secret: EVIL, error: name === 'header' ? requests.error : '' });
      await harmless(page, name);
    }
    await page.click('#clear');
    await page.locator('#hints').evaluate((details) => (details.open = true));
    await explained(page, { input: EXAMPLES[0].input });
    for (const id of ['region', 'bucket', 'endpoint', 'host']) {
      await page.fill(`#${id}`, EVIL);
      await settled(page);
      await harmless(page, id);
    }
    for (const id of ['region', 'bucket', 'endpoint', 'host']) await page.fill(`#${id}`, '');
    await settled(page);
    await page.click('#share-open');
    await page.locator('#share[open]').waitFor();
    await harmless(page, 'share');
    await page.click('#share-close');

    await page.click('#to-build');
    for (const kind of await page.locator('#kind option').evaluateAll((all) => all.map(({ value }) => value))) {
      await page.selectOption('#kind', kind);
      await page.fill('#access-key-id', EVIL);
      await page.fill('#build-secret', EVIL);
      await page.locator('#build-fields details').evaluateAll((all) => all.forEach((one) => (one.open = true)));
      for (const field of await page.locator('#build-fields :is(input:not([type="checkbox"]), textarea)').all()) await field.fill(EVIL);
      await settled(page, 'build');
      await harmless(page, kind);
      for (const field of await page.locator('#build-fields :is(input:not([type="checkbox"]), textarea)').all()) await field.fill('');
      await page.click('#fill-example');
      await page.locator('#build-fields details').evaluateAll((all) => all.forEach((one) => (one.open = true)));
      for (const id of ['key', 'keyPrefix', 'returnBody', 'contentType', 'endUser']) {
        const field = page.locator(`#field-${id}`);
        if ((await field.count()) > 0) await field.fill(EVIL);
      }
      await settled(page, 'build');
      await harmless(page, `${kind} as an example`);
    }

    await page.click('#to-decode');
    for (const [name, input] of [...Object.entries(requests), ['policy', JSON.stringify({ expiration: EVIL, conditions: [{ [EVIL]: EVIL }, [EVIL, EVIL, EVIL]], [EVIL]: EVIL })], ['put policy', JSON.stringify({ scope: EVIL, deadline: 1, [EVIL]: EVIL, constructor: 1, __proto__: 2 })]]) {
      await page.fill('#decode-input', input);
      await settled(page, 'decode');
      await harmless(page, `decode ${name}`);
    }
    await page.click('#edit-token');
    await settled(page, 'build');
    await harmless(page, 'edit');
  });
});

test('a line of a megabyte is shown in part, and breaks nothing', async () => {
  await on({}, async (page) => {
    const long = 'x'.repeat(1 << 20);
    const signed = (name) => EXAMPLES[0].input.replace('x-oss-meta-owner: alice', `x-oss-meta-owner: ${name}`);
    await explained(page, { input: signed(long) });
    await harmless(page, 'a header');
    assert.ok((await page.locator('#result').innerText()).includes('characters left out'));
    assert.ok((await page.locator('#result').innerText()).length < 60_000);
    await explained(page, { input: `https://photos.oss-cn-hangzhou.aliyuncs.com/${long}?OSSAccessKeyId=a&Expires=1&Signature=b` });
    await harmless(page, 'a URL');
    await explained(page, { input: `CSIDEXAMPLE0001:x:${Buffer.from(JSON.stringify({ scope: long, deadline: 1 })).toString('base64')}` });
    await harmless(page, 'a token');
    await page.click('#to-decode');
    await page.fill('#decode-input', JSON.stringify({ expiration: long, conditions: [[long]] }));
    await settled(page, 'decode');
    await harmless(page, 'a policy');
    assert.ok((await page.locator('#decoded').innerText()).length < 60_000);
  });
});

test('a link shows what was shared, without what was private, and says so before it is copied', async () => {
  await on({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page, context) => {
    for (const { id, input } of EXAMPLES.filter((one) => one.id !== 'har')) {
      await explained(page, { input });
      const open = { verdict: await page.locator('#result .verdict').getAttribute('data-verdict'), codes: await codes(page.locator('#result')) };
      await page.click('#share-open');
      await page.locator('#share[open]').waitFor();
      const preview = await page.locator('#share-preview').innerText();
      const drawn = await page.locator('#share-preview').evaluate((one) => one.textContent);
      await page.click('#share-copy');
      await page.locator('#share-said').getByText('Copied').waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      assert.ok(link.startsWith(`${here.site.url}#v1=`) && link.length < 8000, `${id}: ${link.length}`);
      await page.click('#share-close');

      const other = await opened(context, link);
      const shown = await other.locator('#shared-result').innerText();
      assert.equal(await other.locator('#shared-result .verdict').getAttribute('data-verdict'), open.verdict);
      assert.deepEqual(await codes(other.locator('#shared-result')), open.codes);
      const even = (text) => text.replace(/\s+/g, ' ');
      assert.equal(even(shown), even(preview), 'what was shown before copying is what is in the link');
      const whole = inside(link);
      // Sentences are shown with a capital, and without the backticks around what they quote.
      const bare = (text) => text.replace(/[\s`]/g, '').toLowerCase();
      for (const [path, text] of texts(JSON.parse(whole))) assert.ok(bare(drawn).includes(bare(text)), `${id}: ${path} is in the link and not shown: ${text}`);
      const signature = /(?:Signature=|q-signature=|:)([\w+/-]{20,}={0,2})/.exec(input)[1];
      for (const word of ['photos', 'harbour', '1250000000', 'alice', ID, SECRET, signature]) {
        assert.ok(!shown.includes(word) && !whole.includes(word), `${id}: ${word}`);
      }
      assert.equal(await other.locator('#input').inputValue(), '');
      await other.selectOption('#language', 'zh');
      assert.match(await other.locator('#shared').innerText(), /分享的解释/);
      await other.click('#leave-shared');
      await other.locator('#explain:not([hidden])').waitFor();
      assert.ok(!(await other.evaluate(() => location.hash)).includes('v1='));
      await other.selectOption('#language', 'en');
      await other.close();
    }
  });
});

const codes = (place) => place.locator('.verdict .finding').evaluateAll((all) => all.map((one) => one.dataset.code));

test('hostile links are texts, and damaged ones are told', async () => {
  const table = { document: 'string-to-sign', isPair: true, rows: [{ line: 1, role: EVIL, same: false, signed: [{ text: EVIL.repeat(200), differs: true }], right: [] }], parting: { offset: 1, signed: EVIL, right: null }, legend: [{ sign: EVIL, name: EVIL }] };
  const finding = { code: EVIL, matter: EVIL, certainty: 'proved', group: 0, title: EVIL.repeat(20), help: EVIL, signed: EVIL, sent: EVIL, also: [EVIL, 'constructor'] };
  const report = { verdict: 'mismatch', provider: EVIL, scheme: EVIL, access_key_id: EVIL, signed_at: null, expires_at: null, provided_signature: EVIL, expected_signature: EVIL, findings: [finding, { ...finding, group: 1, matter: '__proto__' }], searched: { variants: 1, causes: 1, depth: 2, elapsed_us: 1 } };
  const explanation = { redacted: true, picked: 0, requests: [{ kind: EVIL, hasAnswer: false }], notes: [EVIL], report, headline: { places: [{ role: 'header', name: EVIL }, { role: 'constructor', name: 'x' }], isOrder: false, isOpen: false }, tables: [table] };
  const fragment = await packed({ lang: 'en', hasSecret: true, hasAnswer: false, explanation });
  for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
    await on({ viewport }, async (page) => {
      await page.goto(`${here.site.url}#${fragment}`);
      await page.locator('#shared-result .verdict').waitFor();
      await harmless(page, 'link');
      await page.selectOption('#language', 'zh');
      await harmless(page, 'link in Chinese');
      assert.ok((await page.locator('#shared-result').innerText()).includes('<U+202E>'));
      for (const broken of ['v1=AAAA', `v1=${'-'.repeat(5000)}`, 'v9=x', `v1=${encodeURIComponent(EVIL)}`]) {
        await page.evaluate((hash) => (location.hash = hash), broken);
        await page.locator('#shared-result .trouble').waitFor();
        await harmless(page, broken.slice(0, 20));
        // Nothing was shared: it is not said, and it can be left, in the language of the page.
        assert.equal(await page.locator('#shared-told').isVisible(), false);
        assert.match(await page.locator('#shared-result').innerText(), /链接已损坏/);
        await page.click('#leave-shared');
        await page.locator('#explain:not([hidden])').waitFor();
        assert.deepEqual([await page.locator('#shared').isVisible(), await page.locator('#shared-result').count(), await page.evaluate(() => document.activeElement.id)], [false, 0, 'input']);
      }
    });
  }
});

test('a link that is left while it is opened does not come back', async () => {
  await on({}, async (page) => {
    await page.evaluate(async () => {
      location.hash = 'v1=AAAA';
      dispatchEvent(new HashChangeEvent('hashchange'));
      history.replaceState(null, '', '#explain');
      dispatchEvent(new HashChangeEvent('hashchange'));
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    assert.deepEqual([await page.locator('#shared-result').count(), await page.locator('#explain').isVisible()], [0, true]);
  });
});
