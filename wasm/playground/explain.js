// The first view: what is pasted, and why it does not verify.

import { byId, make, say } from '../pages/shared/dom.js';
import { size } from '../pages/shared/format.js';
import { drawErrors } from './book.js';
import { EXAMPLES } from './examples.js';
import { headline } from './headline.js';
import { isCutOff } from './json.js';
import { MOST_REQUESTS, Requests } from './requests.js';
import { drawResult } from './result.js';
import { Runs } from './runs.js';
import { secretField } from './secret.js';
import { copyButton, plain, sentence } from './text.js';
import { clock } from './times.js';
import { PageTrouble, troubleText } from './trouble.js';

/** Quiet milliseconds before something typed is worked out. */
const PAUSE = 250;
/** Milliseconds after which a search is said to go on, and may be stopped. */
const LONG = 350;
/** Milliseconds that a new run waits for an earlier one: to start the package anew takes as long. */
const PATIENCE = 400;
/** Bytes of a file that are put into the field; larger ones are kept aside. */
const IN_FIELD = 256 << 10;
/** Bytes of a file that are read. */
const MOST_BYTES = 64 << 20;

/** Troubles that are faults of what stands in a field. */
const OF_FIELDS = new Set(['bad-clock', 'har-cut', 'json-cut', 'no-signature', 'not-recognised', 'not-text']);

/** How a HAR file begins, or one entry of it. */
const HAR = /^\s*\{\s*"(log|startedDateTime|_initiator|pageref)"\s*:/;

/** How a request begins. */
const REQUEST = /^\s*(> ?)?([A-Z]+ \S+ HTTP\/|curl\s|https?:\/\/)/;

const HINTS = ['region', 'bucket', 'endpoint', 'addressing', 'host', 'method', 'scheme', 'stack'];

export class ExplainView extends Runs {
  /** Bytes of a file, until what the field shows of it is changed: a field does not keep its line ends. */
  #file = null;
  #pick = 0;
  /** How many mistakes at once the search that runs looks for. */
  #depth = 0;
  #waiting;
  /** What is shown, to be drawn again in another language or shared. */
  #shown = null;

  /**
   * @param {import('./engine.js').Engine} engine
   * @param {() => object} words
   * @param {(request: object) => void} share
   */
  constructor(engine, words, share) {
    super('explain', PAUSE);
    this.engine = engine;
    this.words = words;
    this.share = share;
    this.secret = secretField(document.querySelector('[data-secret="secret"]'), words, () => this.later());
    this.requests = new Requests(byId('requests'), (at) => this.#choose(at));
    for (const id of ['input', 'answer', 'at', ...HINTS, 'depth']) {
      byId(id).addEventListener('input', () => {
        if (id === 'input') this.#file = null;
        this.#pick = 0;
        this.later();
      });
    }
    byId('clear').addEventListener('click', () => this.clear());
    byId('drop-file').addEventListener('click', () => {
      this.#setFile(null);
      byId('input').focus();
      this.later();
    });
    byId('open-file').addEventListener('click', () => byId('file').click());
    byId('file').addEventListener('change', ({ target }) => {
      if (target.files[0]) this.open(target.files[0]);
      target.value = '';
    });
    byId('stop').addEventListener('click', () => this.stop());
    byId('jump').addEventListener('click', () => {
      byId('result').scrollIntoView();
      byId('result').focus({ preventScroll: true });
    });
    // Of use only while the verdict is out of sight.
    new IntersectionObserver(([{ isIntersecting }]) => byId('jump').classList.toggle('seen', isIntersecting)).observe(byId('result'));
    this.drawEmpty();
  }

  /** Schemes and stacks to choose from, once the package has told them. */
  fillChoices({ schemes, stacks }) {
    const words = this.words();
    const option = (name) => make('option', { value: name }, name);
    const groups = new Map();
    for (const { provider, id } of schemes) groups.set(provider, [...(groups.get(provider) ?? []), id]);
    this.#fill('scheme', words.schemeUnset, [...groups].map(([provider, all]) => make('optgroup', { label: words.exampleOf[provider] ?? provider }, ...all.map(option))));
    this.#fill('stack', words.stackUnset, stacks.map(option));
  }

  #fill(id, unset, options) {
    const select = byId(id);
    const chosen = select.value;
    select.replaceChildren(make('option', { value: '' }, unset), ...options);
    select.value = chosen;
  }

  /** What is asked, from the fields. */
  #asked() {
    const at = clock(byId('at').value);
    if (at === null) throw new PageTrouble('bad-clock', '', { field: 'at' });
    // What can be read of a HAR file without its end are URLs, whose headers and bodies are missing.
    if (this.#isCutOff(HAR)) throw new PageTrouble('har-cut');
    const ask = { input: this.#file ?? byId('input').value, lang: this.words().lang, depth: Number(byId('depth').value) };
    if (at !== undefined) ask.at = at;
    for (const name of HINTS) {
      const value = byId(name).value.trim();
      if (value !== '') ask[name] = value;
    }
    if (byId('answer').value.trim() !== '') ask.error = byId('answer').value;
    return ask;
  }

  /** Whether the input is JSON that ends before its end, and begins so. */
  #isCutOff(begin) {
    const input = this.#file === null || !byId('input').hidden ? byId('input').value : (decoded(this.#file) ?? '');
    return begin.test(input) && isCutOff(input);
  }

  #secrets() {
    const secret = this.secret.value();
    return secret === '' ? [] : [secret];
  }

  get isEmpty() {
    return (this.#file?.length ?? 0) === 0 && byId('input').value.trim() === '';
  }

  /** Works it out now. */
  async run() {
    const isLast = this.begin();
    this.#giveUp();
    this.#countHints();
    this.markFields([]);
    if (this.isEmpty) {
      this.#clearResult();
      byId('empty').hidden = false;
      say(byId('verdict-live'), '');
      this.settle(true);
      return;
    }
    byId('empty').hidden = true;
    this.#work(true);
    const words = this.words();
    try {
      const ask = this.#asked();
      const known = new Map();
      const explanation = await this.#explained(ask, this.#pick, known);
      if (!isLast()) return;
      const shown = { ask, explanation, known, hasSecret: this.#secrets().length > 0, now: ask.at ?? Date.now() };
      this.#shown = shown;
      if (explanation.requests.length > 1) this.requests.draw(explanation.requests, this.#pick, words);
      else this.requests.clear();
      this.#draw();
      if (explanation.requests.length > 1) await this.#judgeAll(shown, isLast);
    } catch (error) {
      if (isLast()) await this.#failed(error, isLast);
    } finally {
      if (isLast()) this.#work(false);
    }
  }

  /** Ends what an earlier run is still searching for, if it would keep this one waiting. */
  #giveUp() {
    if (this.engine.busyFor > PATIENCE || (this.engine.busyFor > 0 && this.#depth > 2)) this.engine.stop();
  }

  /** An explanation, of which those that are `known` of this input and this secret are not searched for again. */
  async #explained(ask, pick, known, depth = ask.depth) {
    const name = `${pick} ${depth}`;
    if (!known.has(name)) {
      this.#depth = depth;
      known.set(name, await this.engine.call('explain', { ...ask, pick, depth, secrets: this.#secrets() }));
    }
    return known.get(name);
  }

  /** Judges each of several requests, one after another, so that the page can stop in between. */
  async #judgeAll({ ask, explanation, known, hasSecret }, isLast) {
    const words = this.words();
    for (let at = 0; at < Math.min(explanation.requests.length, MOST_REQUESTS); at += 1) {
      try {
        const one = at === this.#pick ? explanation : await this.#explained(ask, at, known, Math.min(ask.depth, 2));
        if (!isLast()) return;
        this.requests.judged(at, one, words, hasSecret);
      } catch (error) {
        if (!isLast()) return;
        if (error.code === 'stopped') throw error;
        this.requests.failed(at, troubleText(error, words));
      }
    }
  }

  async #choose(at) {
    this.#pick = at;
    this.requests.pick(at);
    if (this.#shown === null) return;
    const { ask, known } = this.#shown;
    const isLast = this.begin();
    this.#giveUp();
    this.#work(true);
    try {
      const explanation = await this.#explained(ask, at, known);
      if (!isLast()) return;
      this.#shown = { ...this.#shown, explanation };
      this.#draw();
      await this.#judgeAll(this.#shown, isLast);
    } catch (error) {
      if (isLast()) await this.#failed(error, isLast);
    } finally {
      if (isLast()) this.#work(false);
    }
  }

  async #failed(error, isLast) {
    const words = this.words();
    // Another view ended what the package was doing: it is asked once more.
    if (error.code === 'stopped') return this.run();
    this.#shown = null;
    byId('jump').hidden = true;
    let trouble = error;
    const input = byId('input').value;
    // It may be an error of a server, and nothing else.
    if (input !== '' && (error.code === 'not-recognised' || (error.code === 'no-signature' && !REQUEST.test(input)))) {
      const info = await this.engine.call('errorInfo', [input, { lang: words.lang }]).catch(() => null);
      if (!isLast()) return;
      // Of prose nothing is near.
      const isWord = /^\S{2,80}$/.test(input.trim());
      if (info && info.entries.length > 0 && (info.known || isWord)) {
        this.requests.clear();
        byId('result').replaceChildren(drawErrors(info, words));
        const [{ code, ec, meaning }] = info.entries;
        say(byId('verdict-live'), info.known ? meaning : `${words.nearest} ${code ?? ec}`);
        return;
      }
    }
    if (error.code === 'not-recognised') {
      if (this.#isCutOff(/^/)) trouble = new PageTrouble('json-cut');
      else if (byId('input').hidden) trouble = new PageTrouble('not-text');
    }
    this.markFields([byId(trouble.code === 'bad-clock' ? 'at' : 'input')].filter(() => OF_FIELDS.has(trouble.code)));
    const text = troubleText(trouble, words);
    this.requests.clear();
    byId('result').replaceChildren(make('p', { className: 'card trouble', 'data-trouble': trouble.code }, ...sentence(plain(text), words)));
    say(byId('verdict-live'), text);
  }

  #draw() {
    const { explanation, hasSecret, now, ask } = this.#shown;
    const words = this.words();
    const hasAnswer = ask.error !== undefined || explanation.requests[explanation.picked]?.hasAnswer === true;
    const share = make('button', { type: 'button', className: 'small', id: 'share-open', on: { click: () => this.share({ ask, pick: this.#pick, secrets: this.#secrets(), hasSecret, hasAnswer }) } }, words.share);
    const json = copyButton(JSON.stringify(explanation.report, null, 2), 'JSON', { ...words, copy: words.copyJson, copyOf: () => words.copyJson });
    json.id = 'copy-json';
    byId('result').replaceChildren(drawResult(explanation, words, { hasSecret, hasAnswer, now, actions: [json, share] }));
    const { text, standing } = headline(explanation, words, { hasSecret });
    say(byId('verdict-live'), words.announced(words.verdicts[explanation.report.verdict], standing && words.certainties[standing.certainty], text));
    byId('jump').hidden = false;
    byId('jump').dataset.verdict = explanation.report.verdict;
    say(byId('jump'), `${words.verdicts[explanation.report.verdict]} ↓`);
  }

  #countHints() {
    const set = [...HINTS, 'at'].filter((name) => byId(name).value.trim() !== '').length + (byId('depth').value === '2' ? 0 : 1);
    byId('hints-set').hidden = set === 0;
    say(byId('hints-set'), set === 0 ? '' : this.words().hintsSet(set));
  }

  /** Says that it goes on, if it does for long. */
  #work(isOn) {
    clearTimeout(this.#waiting);
    if (isOn) {
      this.#waiting = setTimeout(() => {
        byId('working').hidden = false;
      }, LONG);
    } else {
      byId('working').hidden = true;
    }
    byId('result').setAttribute('aria-busy', String(isOn));
    this.settle(!isOn);
  }

  stop() {
    this.begin();
    this.engine.stop();
    this.#work(false);
    this.#clearResult();
    byId('result').replaceChildren(make('p', { className: 'card trouble', 'data-trouble': 'stopped' }, this.words().stopped));
    byId('input').focus();
  }

  #clearResult() {
    this.#work(false);
    this.#shown = null;
    this.requests.clear();
    byId('result').replaceChildren();
    byId('jump').hidden = true;
  }

  /** Empties all, and is ready for the next. */
  clear() {
    this.#reset();
    this.run();
    byId('input').focus();
  }

  /** Empties all fields, the secret first. */
  #reset() {
    this.secret.clear();
    this.#setFile(null);
    for (const id of ['input', 'answer', 'at', ...HINTS]) byId(id).value = '';
    byId('depth').value = '2';
    this.#pick = 0;
  }

  /** Reads a file, as bytes where they are no text or too many for a field. */
  async open(file) {
    this.settle(false);
    try {
      if (file.size > MOST_BYTES) throw new PageTrouble('file-too-large');
      const bytes = new Uint8Array(
        await file.arrayBuffer().catch(() => {
          throw new PageTrouble('file-unreadable');
        }),
      );
      const text = bytes.length <= IN_FIELD ? decoded(bytes) : null;
      this.#setFile(bytes, text === null ? file.name : null);
      byId('input').value = text ?? '';
      this.#pick = 0;
      await this.run();
      this.#lookAtResult();
    } catch (error) {
      byId('empty').hidden = true;
      await this.#failed(error, () => true);
      this.settle(true);
    }
  }

  /** Takes the bytes of a file; its name stands in place of a text that cannot be shown. */
  #setFile(bytes, name = null) {
    this.#file = bytes;
    byId('input').hidden = name !== null;
    byId('file-chip').hidden = name === null;
    const words = this.words();
    say(byId('file-name'), name === null ? '' : words.fileRead(plain(name), size(bytes.length, words.tag)));
  }

  /** Shows an example as if somebody had pasted it. */
  async show({ input, secret, at }) {
    this.#reset();
    byId('input').value = input;
    this.secret.set(secret);
    byId('at').value = at;
    await this.run();
    this.#lookAtResult();
  }

  /** Where there is no room beside the fields, what came of them is below. */
  #lookAtResult() {
    if (matchMedia('(max-width: 60rem)').matches) byId('result').scrollIntoView();
  }

  /** What teaches whoever comes for the first time. */
  drawEmpty() {
    const words = this.words();
    const one = (example) =>
      make(
        'button',
        { type: 'button', className: 'example', 'data-example': example.id, on: { click: () => this.show(example) } },
        make('strong', {}, words.exampleOf[example.id] ?? words.severalRequests),
        make('span', {}, words.exampleNames[example.id]),
      );
    byId('empty').replaceChildren(
      make('h2', {}, words.emptyTitle),
      make('p', { className: 'lead' }, words.emptyLead),
      make('ol', { className: 'teach' }, ...words.emptySteps.map((step) => make('li', {}, step))),
      make('h3', {}, words.examples),
      make('div', { className: 'examples' }, ...EXAMPLES.map(one)),
    );
  }

  /** Everything in another language. */
  relabel(known) {
    this.secret.relabel();
    this.fillChoices(known);
    this.drawEmpty();
    this.run();
  }
}

/** Bytes as text, or `null` where they are none that a field can show. */
function decoded(bytes) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
