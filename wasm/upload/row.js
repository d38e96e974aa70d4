// An upload in the list: its picture, its progress, what can be done, and why it failed.

import { coded, make, say } from '../pages/shared/dom.js';
import { explanation } from './explanation.js';
import { ATTEMPTS } from './send.js';
import { pauseReason, sentence } from './words.js';

/** Larger pictures would only cost memory. */
const LARGEST_PREVIEW = 30 * 1024 * 1024;

export class Row {
  #item;
  #queue;
  #words;
  #preview = null;
  /** What was said before: a row is drawn anew only where something changes. */
  #drawn = '';

  constructor(item, queue, words, provider) {
    this.#item = item;
    this.#queue = queue;
    this.#words = words;
    this.provider = provider;
    this.name = make('span', { className: 'name', id: `name-${item.id}`, title: item.path }, item.path);
    this.status = make('span', { className: 'status', id: `status-${item.id}` });
    this.bar = make('progress', { max: 1, value: 0, 'aria-label': words.progressOf(item.path) });
    this.actions = make('div', { className: 'actions' });
    this.details = make('div', { className: 'details', hidden: true });
    this.picture = make('div', { className: 'picture', 'aria-hidden': 'true' });
    this.#show();
    this.element = make(
      'li',
      { className: 'row', 'data-id': String(item.id) },
      this.picture,
      make('div', { className: 'body' }, make('div', { className: 'line' }, this.name, this.status), this.bar),
      this.actions,
      this.details,
    );
    this.draw();
  }

  /** What stands in place of the file: itself, if it is a picture, else its extension. */
  #show() {
    const { file } = this.#item;
    if (file.type.startsWith('image/') && file.size <= LARGEST_PREVIEW) {
      this.#preview = URL.createObjectURL(file);
      const image = make('img', { src: this.#preview, alt: '', decoding: 'async' });
      image.addEventListener('error', () => this.#showExtension());
      this.picture.replaceChildren(image);
    } else {
      this.#showExtension();
    }
  }

  #showExtension() {
    const extension = /\.([a-z0-9]{1,5})$/i.exec(this.#item.file.name)?.[1] ?? '';
    this.picture.replaceChildren(make('span', {}, extension.toUpperCase()));
  }

  draw() {
    const item = this.#item;
    const { state } = item;
    this.element.dataset.state = state;
    this.bar.hidden = state === 'failed' || state === 'cancelled';
    this.bar.value = state === 'done' ? 1 : item.file.size > 0 ? item.sent / item.file.size : 0;
    say(this.status, this.#status());
    const drawn = state === 'failed' ? `failed ${item.trouble.code}` : state;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const had = this.actions.contains(document.activeElement);
    this.#drawActions();
    if (had) this.actions.querySelector('button')?.focus();
    this.#drawDetails();
  }

  #status() {
    const [item, words] = [this.#item, this.#words];
    if (item.state === 'pausing') {
      const left = Math.max(0, item.nextAttempt - performance.now()) / 1000;
      return words.pausing({ why: pauseReason(item.trouble, words), attempt: item.attempt, attempts: ATTEMPTS, left });
    }
    if (item.state === 'done') return [words.done(item.file.size), item.resumed && words.resumed(item.resumed)].filter(Boolean).join(' · ');
    if (item.state !== 'sending') return words[item.state];
    if (!item.allowed) return words.preparing;
    const bytes = item.file.size;
    if (bytes > 0 && item.sent >= bytes) return words.finishing;
    const perSecond = item.speed.perSecond;
    const told = words.sending({ sent: item.sent, bytes, perSecond, left: perSecond && (bytes - item.sent) / perSecond });
    return item.resumed ? `${told} · ${words.resumed(item.resumed)}` : told;
  }

  #drawActions() {
    const [item, words, queue] = [this.#item, this.#words, this.#queue];
    const button = (text, label, act) =>
      make('button', { type: 'button', className: 'small', 'aria-label': label, on: { click: act } }, text);
    const buttons = [];
    if (!item.isOver) buttons.push(button(words.cancel, words.cancelOf(item.path), () => queue.cancel(item)));
    if (item.canBeRetried) {
      buttons.push(button(words.retry, words.retryOf(item.path), () => queue.retry(item)));
    }
    if (item.isOver) {
      const remove = button('', words.removeOf(item.path), () => queue.remove(item));
      remove.classList.add('quiet', 'cross');
      remove.title = words.remove;
      buttons.push(remove);
    }
    this.actions.replaceChildren(...buttons);
  }

  #drawDetails() {
    const { state, trouble } = this.#item;
    this.details.hidden = state !== 'failed';
    if (state !== 'failed') return this.details.replaceChildren();
    const first = make('p', { className: 'bad-text' }, ...coded(sentence(trouble, this.#words)));
    this.details.replaceChildren(first);
    if (trouble.answer) this.#explain(trouble);
  }

  /** Adds what is known of the refusal, when it is known. */
  async #explain(trouble) {
    const words = this.#words;
    const wait = make('p', { className: 'soft' }, words.explaining);
    this.details.append(wait);
    const lang = words.tag === 'en' ? 'en' : 'zh';
    const about = { file: this.#item.file, allowed: this.#item.allowed, provider: this.provider, lang };
    const known = await explanation(trouble, about);
    if (this.#item.trouble !== trouble) return;
    wait.replaceWith(...this.#told(known));
  }

  #told({ said, proved, meetsPolicy, meaning, causes, checks }) {
    const words = this.#words;
    const list = make('dl', { className: 'facts sunken' });
    const fact = (term, ...told) => list.append(make('dt', {}, term), make('dd', {}, ...told));
    const items = (texts) => make('ul', {}, ...texts.map((text) => make('li', {}, ...coded(text))));
    const finding = ({ title, help }) => make('div', {}, make('p', { className: 'title' }, ...coded(title)), help ? make('p', { className: 'soft' }, ...coded(help)) : null);
    if (proved.length > 0) fact(words.cause, ...proved.map(finding));
    else if (meetsPolicy) fact(words.cause, words.meetsPolicy);
    if (said.code || said.message) {
      const code = said.code ? make('code', {}, said.code) : null;
      fact(words.storageSaid, ...[code, said.code && said.message ? ' ' : null, said.message].filter(Boolean));
    } else {
      fact(words.storageSaid, words.noExplanation);
    }
    // What the code means in general is of no use beside the cause.
    if (proved.length === 0) {
      if (meaning) fact(words.meaning, ...coded(meaning));
      if (causes.length > 0) fact(words.causes, items(causes));
      if (checks.length > 0) fact(words.checks, items(checks));
    }
    if (said.request) fact(words.request, make('code', {}, said.request));
    return [list];
  }

  remove() {
    if (this.#preview) URL.revokeObjectURL(this.#preview);
    this.element.remove();
  }
}
