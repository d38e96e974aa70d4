// The dialog that shows what a link holds before it is copied, and what is shown when somebody opens one.

import { byId, make, say } from '../pages/shared/dom.js';
import { drawResult } from './result.js';
import { packed, unpacked } from './share.js';
import { copy } from './text.js';
import { troubleText, PageTrouble } from './trouble.js';

export class Sharing {
  constructor(engine, words) {
    this.engine = engine;
    this.words = words;
    const dialog = byId('share');
    byId('share-close').addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      byId('share-preview').replaceChildren();
      byId('share-link').value = '';
      byId('share-open')?.focus();
    });
    byId('share-copy').addEventListener('click', async () => {
      const isCopied = await copy(byId('share-link').value);
      if (!isCopied) byId('share-link').select();
      say(byId('share-said'), isCopied ? this.words().copied : this.words().copyFailed);
    });
    byId('share-link').addEventListener('focus', ({ target }) => target.select());
  }

  /** Explains once more with all that is private replaced, packs that, and shows what is in the link by unpacking it again. */
  async offer({ ask, pick, secrets, hasSecret, hasAnswer }) {
    const words = this.words();
    say(byId('share-said'), '');
    byId('share-copy').disabled = true;
    let trouble = null;
    try {
      const explanation = await this.engine.call('explain', { ...ask, pick, secrets, redact: true });
      const fragment = await packed({ hasSecret, hasAnswer, explanation });
      if (fragment === null) throw new PageTrouble('link-too-large');
      const there = await unpacked(fragment);
      if (there === null) throw new PageTrouble('internal', 'the link does not open');
      byId('share-preview').replaceChildren(drawShared(there, words));
      byId('share-link').value = new URL(`#${fragment}`, document.location.href).href;
      byId('share-copy').disabled = false;
    } catch (error) {
      if (error.code === 'stopped') return;
      trouble = troubleText(error, words);
      byId('share-preview').replaceChildren(make('p', { className: 'trouble' }, trouble));
    }
    const dialog = byId('share');
    if (!dialog.open) dialog.showModal();
    (trouble === null ? byId('share-copy') : byId('share-close')).focus();
  }
}

/** A view from a link, as anybody sees it. */
export function drawShared({ explanation, hasSecret, hasAnswer }, words, level = 3) {
  return drawResult(explanation, words, { hasSecret, hasAnswer, now: null, level });
}
