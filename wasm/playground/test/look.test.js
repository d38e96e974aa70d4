// How the page looks, in both themes and widths, and to those who do not see it or use no mouse. Its pictures are left in
// target/playground.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import en from '../words/en.js';
import zh from '../words/zh.js';
import { SHOTS, settled, stage } from './harness.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { on } = stage();

async function accessible(page, what) {
  const { violations } = await page.evaluate(`${AXE}; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })`);
  const told = violations.map(({ id, nodes }) => `${what}: ${id} ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`);
  assert.deepEqual(told, []);
}

const WIDTHS = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

for (const colorScheme of ['light', 'dark']) {
  for (const [width, viewport] of Object.entries(WIDTHS)) {
    test(`${colorScheme} and ${width}, it is readable, and its pictures are taken`, async () => {
      await on({ colorScheme, viewport }, async (page) => {
        const picture = (name) => page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}-${width}.png`) });
        const fits = async (what) => assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), viewport.width, `${what} is wider than the window`);
        await picture('empty');
        await accessible(page, 'empty');
        await fits('empty');
        await page.click('[data-example="oss"]');
        await settled(page);
        await page.locator('.verdict').waitFor();
        await picture('explained');
        await accessible(page, 'explained');
        await fits('explained');
        await page.click('#share-open');
        await page.locator('#share[open]').waitFor();
        await picture('share');
        await accessible(page, 'share');
        await page.click('#share-close');
        await page.evaluate(() => scrollTo(0, 0));
        await page.click('#clear');
        await page.click('[data-example="har"]');
        await page.locator('.requests tr[data-verdict="rejected"]').waitFor();
        await accessible(page, 'several');
        await fits('several');
        await page.click('#to-build');
        await page.click('#fill-example');
        await page.locator('#built-token').waitFor();
        await page.evaluate(() => scrollTo(0, 0));
        await picture('built');
        await accessible(page, 'built');
        await fits('built');
        await page.selectOption('#kind', 'form-oss');
        await page.click('#fill-example');
        await page.locator('#built-form').waitFor();
        await accessible(page, 'form');
        await fits('form');
        await page.click('#to-decode');
        await page.click('#decode-examples [data-example="policy"]');
        await page.locator('#decoded .problems').waitFor();
        await accessible(page, 'decoded');
        await fits('decoded');
      });
    });
  }
}

test('the language is that of the browser, can be changed, and leaves no place without words', async () => {
  await on({ locale: 'zh-CN' }, async (page) => {
    assert.equal(await page.title(), zh.title);
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    await page.click('[data-example="s3"]');
    await settled(page);
    assert.match(await page.locator('.verdict').innerText(), /签名不匹配[\s\S]*签名内容与请求有一处不同：路径[\s\S]*证明[\s\S]*修复/);
    await page.screenshot({ path: join(SHOTS, 'explained-chinese.png') });
    // English words in it are names, and what the request holds.
    const bare = await page.evaluate(() => [...document.querySelectorAll('[data-word]')].filter((one) => !one.textContent).map((one) => one.dataset.word));
    assert.deepEqual(bare, []);
    await page.selectOption('#language', 'en');
    await settled(page);
    assert.match(await page.locator('.verdict').innerText(), /Does not match[\s\S]*in one place: path/);
    await page.reload();
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    assert.equal(await page.title(), en.title);
  });
});

test('all can be done with the keyboard, and the verdict is told to a screen reader', async () => {
  await on({}, async (page) => {
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.dataset.example || document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim());
    const order = [];
    for (let at = 0; at < 16; at += 1) {
      await page.keyboard.press('Tab');
      order.push(await focused());
    }
    assert.deepEqual(order, ['skip', 'to-explain', 'to-build', 'to-decode', 'language', 'theme', 'open-file', 'clear', 'input', 'secret', 'Show', 'Forget', 'The server’s answer', 'Scheme, clock and hints', 'oss', 'cos']);
    await page.keyboard.press('Enter');
    await settled(page);
    const live = page.getByRole('status').filter({ hasText: 'Does not match' });
    await live.waitFor({ state: 'attached' });
    assert.match(await live.innerText(), /^Does not match, proved: The signed text differs from the request in one place: path$/);
    // Past the fields, the result is next: its buttons, its tables, its steps.
    await page.focus('#hints summary');
    const after = [];
    for (let at = 0; at < 4; at += 1) {
      await page.keyboard.press('Tab');
      after.push(await focused());
    }
    assert.deepEqual(after, ['copy-json', 'share-open', 'Canonical request', 'Canonical request']);
    await page.focus('#share-open');
    await page.keyboard.press('Enter');
    await page.locator('#share[open]').waitFor();
    assert.equal(await focused(), 'share-copy');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('#share').open);
    assert.equal(await focused(), 'share-open');
    await page.focus('#skip');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'main');
    // Every control has a name.
    const nameless = await page.evaluate(() => [...document.querySelectorAll('button, input:not([hidden]), select, textarea, summary')].filter((one) => one.checkVisibility() && !(one.textContent.trim() || one.getAttribute('aria-label') || one.labels?.length)).map((one) => one.outerHTML));
    assert.deepEqual(nameless, []);
  });
});

test('it can be printed: what was asked and the controls are left out', async () => {
  await on({}, async (page) => {
    await page.click('[data-example="oss"]');
    await settled(page);
    await page.emulateMedia({ media: 'print' });
    for (const [selector, isShown] of [['.ask', false], ['.bar nav', false], ['#share-open', false], ['.verdict', true], ['.texts', true], ['.steps', true]]) {
      assert.equal(await page.locator(`#explain ${selector}, ${selector}`).first().isVisible(), isShown, selector);
    }
    const pdf = await page.pdf();
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  });
});
