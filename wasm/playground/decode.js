// The third view: what a token, a policy, a URL or a header says of itself.

import { byId, make } from '../pages/shared/dom.js';
import { DECODE_EXAMPLES } from './examples.js';
import { parsed, pretty } from './json.js';
import { drawProblems } from './problems.js';
import { AnswerRuns } from './runs.js';
import { copyButton, shown } from './text.js';
import { when } from './times.js';

const PAUSE = 150;
const PROVIDERS = ['oss', 'cos', 'ks3', 's3', 'kodo'];

export class DecodeView extends AnswerRuns {
  /** `edit` takes a put policy to the builder. */
  constructor(engine, words, edit) {
    super('decode', PAUSE, { place: 'decoded', live: 'decode-live' }, words);
    this.engine = engine;
    this.edit = edit;
    byId('decode-input').addEventListener('input', () => this.later());
    byId('decode-provider').addEventListener('change', () => this.run());
    this.#drawChoices();
    this.run();
  }

  #drawChoices() {
    const words = this.words();
    const select = byId('decode-provider');
    const chosen = select.value || PROVIDERS[0];
    select.replaceChildren(...PROVIDERS.map((provider) => make('option', { value: provider }, words.exampleOf[provider])));
    select.value = chosen;
    byId('decode-examples').replaceChildren(
      ...Object.entries(DECODE_EXAMPLES).map(([name, { input, provider }]) =>
        make(
          'button',
          {
            type: 'button',
            className: 'small',
            'data-example': name,
            on: {
              click: () => {
                byId('decode-input').value = input;
                if (provider) select.value = provider;
                this.later();
              },
            },
          },
          words.decodeExamples[name],
        ),
      ),
    );
  }

  async answer() {
    const words = this.words();
    const { lang } = words;
    const input = byId('decode-input').value;
    if (input.trim() === '') return [make('div', { className: 'empty' }, make('h2', {}, words.decodeTitle), make('p', { className: 'lead' }, words.decodeEmpty)), ''];
    const policy = policyIn(input);
    if (policy !== null) {
      const provider = policy.isPutPolicy ? 'kodo' : byId('decode-provider').value;
      const problems = await this.engine.call('lint', { policy: input.trim(), provider, lang });
      const { text } = policy;
      return [make('div', { className: 'result' }, this.#drawPolicy({ text, problems }), policy.isPutPolicy ? this.#editButton({ text }) : null), words.problems(problems.length)];
    }
    const said = await this.engine.call('decode', { input, lang });
    return [this.#drawSaid(said), `${words.kinds[said.kind]}: ${said.scheme}`];
  }

  /** There is one field. */
  faulty() {
    return [byId('decode-input')];
  }

  #drawSaid(said) {
    const words = this.words();
    const list = make('dl', { className: 'facts wide' });
    for (const [name, label] of Object.entries(words.decoded)) {
      const value = said[name];
      if (value === undefined || value === false || value === '') continue;
      list.append(make('div', {}, make('dt', {}, label), make('dd', {}, ...this.#value(name, value))));
    }
    return make(
      'div',
      { className: 'result' },
      make('section', { className: 'card said' }, make('h2', {}, `${words.exampleOf[said.provider]}: ${words.kinds[said.kind] ?? said.kind}`), list),
      said.policy ? this.#drawPolicy(said.policy) : null,
      said.scheme === 'kodo-upload-token' && said.policy?.json ? this.#editButton({ accessKeyId: said.accessKeyId, text: said.policy.text }) : null,
    );
  }

  #value(name, value) {
    const words = this.words();
    if (name === 'signedAt' || name === 'expiresAt') return [when(value, Date.now(), words)];
    if (name === 'hasToken') return [words.isThere];
    return [make('code', {}, ...shown(Array.isArray(value) ? value.join(' / ') : value, words))];
  }

  #editButton(policy) {
    return make('div', { className: 'choices' }, make('button', { type: 'button', id: 'edit-token', on: { click: () => this.edit(policy) } }, this.words().editToken));
  }

  #drawPolicy({ text, problems }) {
    const words = this.words();
    // Where a parser would lose something, the text alone is shown.
    const json = parsed(text);
    return make(
      'div',
      { className: 'result' },
      drawProblems(problems, words),
      isObject(json) ? make('section', { className: 'card fields-of' }, make('h2', {}, words.fieldsOfPolicy), make('dl', { className: 'facts wide' }, ...rows(json, words))) : null,
      make('section', { className: 'card output', id: 'decoded-policy' }, make('div', { className: 'step-head' }, make('h2', {}, words.policyText), copyButton(text, words.policyText, words)), make('pre', { tabIndex: 0 }, ...shown(pretty(text), words, 20_000))),
    );
  }

  relabel() {
    this.#drawChoices();
    this.run();
  }
}

const isObject = (json) => json !== null && typeof json === 'object' && !Array.isArray(json);

/** The members of a policy; its conditions one by one, and ends as times. */
function rows(json, words) {
  const row = (name, ...value) => make('div', {}, make('dt', {}, make('code', {}, ...shown(name, words, 80))), make('dd', {}, ...value));
  const code = (value) => make('code', {}, ...shown(typeof value === 'string' ? value : JSON.stringify(value), words));
  return Object.entries(json)
    .slice(0, 100)
    .map(([name, value]) => {
      if (name === 'deadline' && Number.isSafeInteger(value) && Math.abs(value) < 8e12) return row(name, code(value), ' ', when(new Date(value * 1000).toISOString().replace('.000', ''), Date.now(), words));
      if (Array.isArray(value)) return row(name, make('ul', {}, ...value.slice(0, 100).map((one) => make('li', {}, code(one)))));
      return row(name, code(value));
    });
}

/** A policy that stands alone, as JSON or in Base64, or `null`. */
function policyIn(input) {
  const trimmed = input.trim();
  const text = trimmed.startsWith('{') ? trimmed : unpacked(trimmed);
  if (text === null) return null;
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    return trimmed.startsWith('{') && /"(expiration|conditions|deadline)"/.test(trimmed) ? { text, isPutPolicy: /"deadline"/.test(trimmed) } : null;
  }
  if (!isObject(json)) return null;
  const isPutPolicy = Object.hasOwn(json, 'deadline') || Object.hasOwn(json, 'scope');
  return isPutPolicy || Object.hasOwn(json, 'conditions') || Object.hasOwn(json, 'expiration') ? { text, isPutPolicy } : null;
}

function unpacked(text) {
  if (!/^[\w+/=-]+$/.test(text)) return null;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
