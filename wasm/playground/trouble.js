// What went wrong, in one sentence of the reader's language.

import { named } from './text.js';

/** What the package says of a policy before it says why. */
const REFUSED = /^the vendor would refuse such a policy: /;

/** Sentences that say what the package said, or are about a field, which is named as its label names it. */
export function troubleText(error, words) {
  const said = words.troubles[error.code] ?? words.troubles.internal;
  if (typeof said !== 'function') return said;
  const { message, facts = {} } = error;
  const labels = { ...words.fields, accessKeyId: words.accessKeyId, secretAccessKey: words.secret };
  const about = message.replace(REFUSED, '');
  const labelled = () => about.replace(NAME, (quoted, name) => (Object.hasOwn(labels, name) ? `“${labels[name]}”` : quoted));
  return said(QUOTING.has(error.code) ? labelled() : about, { ...facts, label: named(labels, facts.field ?? '') });
}

/** Errors of the package that quote names of options. */
const QUOTING = new Set(['bad-argument', 'policy-refused']);

const NAME = /`(\w+)`/g;

/** The names of the fields a trouble is about: the page's own are one, the package quotes them. */
export function fieldsIn({ code, message, facts }) {
  if (facts?.field !== undefined) return [facts.field];
  if (code === 'life-out-of-range') return ['expiresIn'];
  return QUOTING.has(code) ? [...message.matchAll(NAME)].map(([, name]) => name) : [];
}

/** What this page says itself: a code of its own, and what is known beside it, as the `field` it is about. */
export class PageTrouble extends Error {
  constructor(code, message = '', facts = {}) {
    super(message);
    this.code = code;
    this.facts = facts;
  }
}
