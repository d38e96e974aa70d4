// The second view: tokens, forms and URLs, made as their fields are typed.

import { byId, make } from '../pages/shared/dom.js';
import { KINDS, fieldsOf, read, typed } from './fields.js';
import { pretty } from './json.js';
import { curlForm, curlUrl, htmlForm } from './output.js';
import { drawProblems } from './problems.js';
import { AnswerRuns } from './runs.js';
import { secretField } from './secret.js';
import { copyButton, plain, sentence, shown } from './text.js';
import { when } from './times.js';
import { fieldsIn } from './trouble.js';

const PAUSE = 150;
/** Groups whose fields are there from the start. */
const OPEN = ['target', 'limits'];

const EXAMPLE = {
  'token-kodo': { bucket: 'photos', keyPrefix: 'user/eric/', expiresIn: '3600', insertOnly: 'on', fsizeLimit: '10MB', mimeLimit: 'image/*', returnBody: '{"key": $(key), "hash": $(etag)}' },
  form: { bucket: 'photos', keyPrefix: 'user/eric/', expiresIn: '900', minSize: '1', maxSize: '10MB', contentType: 'image/*', successStatus: '201' },
  url: { method: 'GET', bucket: 'photos', key: '2026/a b.jpg', expiresIn: '900' },
  'url-kodo': { url: 'https://cdn.example.com/2026/a%20b.jpg', expiresIn: '3600' },
};
const REGION = { oss: 'cn-hangzhou', cos: 'ap-guangzhou', ks3: 'cn-beijing', s3: 'us-east-1' };

export class BuildView extends AnswerRuns {
  /** What was typed, by kind: a region of one vendor is none of another. */
  #typed = {};

  constructor(engine, words) {
    super('build', PAUSE, { place: 'built', live: 'build-live' }, words);
    this.engine = engine;
    this.secret = secretField(document.querySelector('[data-secret="build-secret"]'), words, () => this.later());
    byId('access-key-id').addEventListener('input', () => this.later());
    byId('kind').addEventListener('change', () => {
      this.#drawFields();
      this.later();
    });
    this.#drawKinds();
    this.#drawFields();
    this.run();
  }

  get #kind() {
    return KINDS.find(({ id }) => id === byId('kind').value) ?? KINDS[0];
  }

  get #values() {
    return (this.#typed[this.#kind.id] ??= {});
  }

  set #values(values) {
    this.#typed[this.#kind.id] = values;
  }

  #drawKinds() {
    const words = this.words();
    const chosen = byId('kind').value;
    byId('kind').replaceChildren(...KINDS.map(({ id, way, provider }) => make('option', { value: id }, `${words.exampleOf[provider]}: ${words.kindsToBuild[way]}`)));
    byId('kind').value = chosen === '' ? KINDS[0].id : chosen;
  }

  #drawFields() {
    const words = this.words();
    const example = make('button', { type: 'button', className: 'small', id: 'fill-example', on: { click: () => this.#fillExample() } }, words.fillExample);
    const groups = this.#kind.groups.map(([name, fields]) => {
      const isOpen = OPEN.includes(name) || fields.some((field) => this.#values[field.name]);
      const grid = make('div', { className: 'grid' }, ...fields.map((field) => this.#drawField(field)));
      return make('details', { open: isOpen }, make('summary', {}, words.groups[name]), grid);
    });
    byId('build-fields').replaceChildren(make('div', { className: 'choices' }, example), ...groups);
  }

  #drawField(field) {
    const words = this.words();
    const { name, kind, options, placeholder = '' } = field;
    const id = `field-${name}`;
    const value = this.#values[name] ?? field.value ?? (kind === 'select' ? options[0] : '');
    const label = words.fields[name] ?? name;
    const help = words.fieldHelp[name];
    const changed = ({ target }) => {
      this.#values[name] = kind === 'check' ? (target.checked ? 'on' : '') : target.value;
      this.later();
    };
    const common = { id, autocomplete: 'off', spellcheck: false, 'aria-describedby': help ? `${id}-help` : null, on: { input: changed } };
    const input =
      kind === 'select'
        ? make('select', { id, 'aria-describedby': common['aria-describedby'], on: common.on }, ...options.map((option) => make('option', { value: option }, this.#optionName(name, option))))
        : kind === 'lines'
          ? make('textarea', { ...common, className: 'mono', rows: 3 })
          : kind === 'check'
            ? make('input', { id, type: 'checkbox', checked: value === 'on', on: common.on })
            : make('input', { ...common, className: 'mono', placeholder, inputMode: kind === 'number' ? 'numeric' : 'text' });
    if (kind !== 'check') input.value = value;
    return make(
      'div',
      { className: `field ${kind}${kind === 'lines' || ['url', 'returnBody', 'callbackBody', 'persistentOps'].includes(name) ? ' wide' : ''}` },
      make('label', { htmlFor: id }, label, field.needed ? make('span', { className: 'needed', 'aria-hidden': 'true' }, ' *') : null),
      input,
      help ? make('p', { className: 'help', id: `${id}-help` }, help) : null,
    );
  }

  #optionName(name, option) {
    const words = this.words();
    if (name === 'addressing') return { '': words.addressingUnset, 'virtual-host': words.addressingHost, path: words.addressingPath, 'custom-domain': words.addressingCustom }[option];
    return option === '' ? words.unset : option;
  }

  #fillExample() {
    const { id, way, provider } = this.#kind;
    const example = EXAMPLE[id] ?? EXAMPLE[way];
    this.#values = { ...example };
    if (REGION[provider] && way !== 'token') this.#values.region = REGION[provider];
    if (provider === 'cos') this.#values.bucket = 'photos-1250000000';
    if (byId('access-key-id').value === '') byId('access-key-id').value = 'CSIDEXAMPLE0001';
    if (this.secret.value() === '') this.secret.set('madeUpSecretOnlyForThisExample');
    this.#drawFields();
    byId('fill-example').focus();
    this.later();
  }

  /** What is typed, `{ options, missing }`; defaults count as typed. */
  #read() {
    const values = {};
    for (const field of fieldsOf(this.#kind)) {
      values[field.name] = this.#values[field.name] ?? field.value ?? (field.kind === 'select' ? field.options[0] : '');
    }
    return read(this.#kind, values);
  }

  async answer() {
    const words = this.words();
    const { options, missing } = this.#read();
    const id = byId('access-key-id').value.trim();
    const secret = this.secret.value();
    const names = missing.map((name) => words.fields[name] ?? name);
    if (id === '') names.push(words.accessKeyId);
    if (secret === '') names.push(words.secret);
    if (names.length > 0) {
      return [make('div', { className: 'empty' }, make('h2', {}, words.buildTitle), make('p', { className: 'lead' }, words.buildEmpty), make('p', { className: 'soft' }, words.troubles['missing-fields'](names))), ''];
    }
    const { sessionToken, ...rest } = options;
    const who = { accessKeyId: id, secretAccessKey: secret, ...(sessionToken === undefined ? {} : { sessionToken }) };
    const [node, what] = await this.#built(rest, who);
    return [node, words.built(what)];
  }

  faulty(error) {
    const ids = { accessKeyId: 'access-key-id', secretAccessKey: 'build-secret' };
    return fieldsIn(error).map((name) => document.getElementById(ids[name] ?? `field-${name}`)).filter(Boolean);
  }

  #built(options, who) {
    const { way } = this.#kind;
    if (way === 'token') return this.#builtToken(options, who);
    return way === 'form' ? this.#builtForm(options, who) : this.#builtUrl(options, who);
  }

  async #builtToken({ region, policy, ...options }, who) {
    const words = this.words();
    // With a region there is a form, whose token it is.
    const form = region && policy === undefined ? await this.engine.call('form', ['kodo', { ...options, region }, who]) : null;
    const token = form ? form.fields.find(([name]) => name === 'token')[1] : await this.engine.call('token', [policy ?? options, who]);
    const said = await this.engine.call('decode', { input: token, at: options.at, lang: words.lang }).catch((error) => {
      // A policy that is signed as it stands may be anything.
      if (policy === undefined) throw error;
      return { policy: { text: policy, problems: [{ code: error.code, title: error.message, help: '' }] } };
    });
    const [id, signature, encoded] = token.split(':');
    const colored = make('code', {}, make('span', { className: 'part-id' }, plain(id)), ':', make('span', { className: 'part-signature' }, signature), ':', make('span', { className: 'part-policy' }, encoded));
    const node = make(
      'div',
      { className: 'result' },
      output(words.results.token, token, words, { id: 'built-token', content: [colored], isMain: true }),
      expires(said.expiresAt, options.at, words),
      drawProblems(said.policy?.problems ?? [], words),
      output(words.results.policy, said.policy?.text ?? '', words, { id: 'built-policy', shownAs: pretty }),
      form ? output(words.results.curl, curlForm(form), words, { id: 'built-curl' }) : null,
    );
    return [node, words.kindsToBuild.token];
  }

  async #builtForm(options, who) {
    const words = this.words();
    const { provider } = this.#kind;
    const form = withType(await this.engine.call('form', [provider, options, who]), options);
    const { refusals, lints } = await this.engine.call('checkForm', { fields: form.fields, provider, bucket: options.bucket, at: options.at, lang: words.lang });
    const policy = decodedPolicy(form.fields);
    const html = htmlForm(form, words.upload);
    const rows = form.fields.map(([name, value]) => make('tr', {}, make('th', { scope: 'row' }, make('code', {}, plain(name))), make('td', {}, make('code', {}, ...shown(value, words)))));
    const node = make(
      'div',
      { className: 'result' },
      make(
        'section',
        { className: 'card output main', id: 'built-form' },
        make('div', { className: 'step-head' }, make('h2', {}, words.results.form), copyButton(JSON.stringify(Object.fromEntries(form.fields), null, 2), words.results.form, words)),
        make('p', { className: 'soft mono' }, `POST ${plain(form.url)}`),
        make('div', { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': words.results.form }, make('table', { className: 'fields' }, make('tbody', {}, ...rows))),
      ),
      form.isTypeOpen ? make('p', { className: 'until' }, ...sentence(words.typeOpen, words)) : null,
      expires(form.expiresAt, options.at, words),
      drawProblems([...refusals, ...lints], words),
      output(words.results.policy, policy, words, { id: 'built-policy', shownAs: pretty }),
      output(words.results.curl, curlForm(form), words, { id: 'built-curl' }),
      html === null ? make('p', { className: 'until' }, words.noHtml) : output(words.results.html, html, words, { id: 'built-html' }),
    );
    return [node, words.kindsToBuild.form];
  }

  async #builtUrl(options, who) {
    const words = this.words();
    const signed = await this.engine.call('presign', [this.#kind.provider, options, who]);
    const node = make(
      'div',
      { className: 'result' },
      output(words.results.url, signed.url, words, { id: 'built-url', isMain: true }),
      expires(signed.expiresAt, options.at, words),
      output(words.results.curl, curlUrl(signed), words, { id: 'built-curl' }),
    );
    return [node, words.kindsToBuild.url];
  }

  /** Takes a put policy that was decoded, to be changed and signed anew. */
  take({ accessKeyId, text }) {
    byId('kind').value = KINDS[0].id;
    this.#values = typed(text) ?? { policy: text };
    byId('access-key-id').value = accessKeyId ?? '';
    this.#drawFields();
    this.run();
  }

  relabel() {
    this.secret.relabel();
    this.#drawKinds();
    this.#drawFields();
    this.run();
  }
}

/** One thing that was built, ready to be copied as it is, however it is shown. */
function output(name, text, words, { id, content, isMain = false, shownAs = (same) => same }) {
  return make(
    'section',
    { className: isMain ? 'card output main' : 'card output', id },
    make('div', { className: 'step-head' }, make('h2', {}, name), copyButton(text, name, words)),
    make('pre', { tabIndex: 0, className: isMain ? 'wraps' : '' }, ...(content ?? shown(shownAs(text), words, 8000))),
  );
}

function expires(time, at, words) {
  return time ? make('p', { className: 'until' }, make('span', { className: 'soft' }, words.results.expires), ' ', when(time, at ?? Date.now(), words)) : null;
}

/** A type for an upload whose policy leaves it open. */
const SAMPLE_TYPES = { 'image/': 'image/jpeg', 'video/': 'video/mp4', 'audio/': 'audio/mpeg', 'text/': 'text/plain', 'application/': 'application/pdf', '': 'image/jpeg' };

/** A policy that leaves the type open demands that one is sent: it is the file's, and stands here as an example. */
function withType(form, { contentType = '', policy }) {
  if (policy !== undefined || !contentType.endsWith('*')) return form;
  const begin = contentType.slice(0, -1);
  return { ...form, fields: [...form.fields, ['Content-Type', SAMPLE_TYPES[begin] ?? begin]], isTypeOpen: true };
}

function decodedPolicy(fields) {
  const encoded = fields.find(([name]) => name.toLowerCase() === 'policy')?.[1] ?? '';
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)));
  } catch {
    return encoded;
  }
}
