// What went wrong, in one sentence of the reader's language.

/** What the package says of a policy before it says why. */
const REFUSED = /^the vendor would refuse such a policy: /;

/** Sentences that say what the package said: those that are about a field. */
export function troubleText(error, words) {
  const said = words.troubles[error.code] ?? words.troubles.internal;
  return typeof said === 'function' ? said(error.message.replace(REFUSED, '')) : said;
}

/** What this page says itself: a code of its own. */
export class PageTrouble extends Error {
  constructor(code, message = '') {
    super(message);
    this.code = code;
  }
}
