// What error codes mean: the vendors' files of data, loaded when they are first asked for.

import { CountersignError, bad } from './core.js';

const PROVIDERS = ['oss', 's3', 'kodo', 'cos', 'ks3'];

const plain = (text) => text.trim().replace(/^["'`]+|["'`.]+$/g, '');

/** The words of a message around its places, in order. */
const pieces = (message) => message.split(/\{[^{}]*\}/).map((piece) => piece.trim()).filter((piece) => piece !== '');

/** Whether a text has the words of a message in their order; how many characters of it are the message's own. */
const within = (text, message) => {
  let at = 0;
  let own = 0;
  for (const piece of pieces(message)) {
    const found = text.indexOf(piece, at);
    if (found < 0) return 0;
    at = found + piece.length;
    own += piece.length;
  }
  return own;
};

const edits = (a, b) => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
};

/** `errorInfo`; `load` gives the file of a vendor as an object. */
export const errorBook = (beside) => {
  const books = new Map();
  const book = (provider, source) => {
    const key = `${provider} ${source ?? ''}`;
    let pending = books.get(key);
    if (pending === undefined) {
      pending = (source === undefined ? beside(provider) : fetch(new URL(`${provider}.json`, source)).then((answer) => answer.json())).catch((error) => {
        books.delete(key);
        throw new CountersignError('load-failed', `what is known of ${provider} could not be loaded: ${error.message}`, error);
      });
      books.set(key, pending);
    }
    return pending;
  };

  return async (text, { provider, lang = 'en', source } = {}) => {
    const wanted = typeof text === 'string' ? plain(text.slice(0, 20000)) : '';
    // Every message is within nothing.
    if (wanted === '') bad('text', 'a code or a message');
    const all = (await Promise.all(PROVIDERS.filter((own) => provider === undefined || own === provider).map((own) => book(own, source)))).flatMap((one) =>
      one.codes.map((entry) => ({ provider: one.provider, entry, advice: one.advice[entry.advice] ?? entry.advice })),
    );
    const lower = wanted.toLowerCase();
    const words = new Set(wanted.match(/[\w-]{4,}/g));
    const messages = (entry) => entry.messages ?? [];
    const ways = [
      ['code', ({ entry }) => entry.code?.toLowerCase() === lower],
      ['ec', ({ entry }) => entry.ec === wanted],
      ['status', ({ entry }) => /^\d{3}$/.test(wanted) && entry.status === Number(wanted)],
      ['message', ({ entry }) => messages(entry).some((message) => pieces(message).length > 0 && within(wanted, message) >= wanted.length / 2)],
      // The number of OSS says more than its code, and both more than a message.
      ['contained', ({ entry }) => entry.ec !== undefined && words.has(entry.ec)],
      ['contained', ({ entry }) => entry.code !== undefined && words.has(entry.code)],
      ['contained', ({ entry }) => messages(entry).some((message) => within(wanted, message) >= 8)],
    ];
    const said = (sentence) => sentence?.[lang] ?? sentence?.en ?? '';
    const shown = ({ provider: own, entry, advice }) => ({
      provider: own,
      code: entry.code,
      ec: entry.ec,
      status: entry.status,
      meaning: said(entry.meaning),
      causes: (advice?.causes ?? []).map(said),
      checks: (advice?.checks ?? []).map(said),
      related: advice?.related ?? [],
    });
    for (const [by, fits] of ways) {
      const found = all.filter(fits);
      if (found.length > 0) return { known: true, by, entries: found.map(shown) };
    }
    const near = all.filter(({ entry }) => entry.code).map((one) => [edits(lower.slice(0, 64), one.entry.code.toLowerCase()), one]);
    near.sort(([a], [b]) => a - b);
    return { known: false, by: 'nearest', entries: near.slice(0, 3).map(([, one]) => shown(one)) };
  };
};
