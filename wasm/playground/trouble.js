// What went wrong, in one sentence of the reader's language.

/** Sentences that say what the package said: those that are about a field. */
export function troubleText(error, words) {
  const said = words.troubles[error.code] ?? words.troubles.internal;
  return typeof said === 'function' ? said(error.message) : said;
}

/** What this page says itself: a code of its own. */
export class PageTrouble extends Error {
  constructor(code, message = '') {
    super(message);
    this.code = code;
  }
}
