// What can go wrong with an upload: a code, and what is known beside it. The sentences are in words.js.

/** What is wrong with the file itself: it is the same when it is tried again. */
const OF_THE_FILE = new Set(['type_not_allowed', 'size_not_allowed', 'name_too_long']);

export class Trouble extends Error {
  /**
   * @param {string} code a code of the service, or one of this page
   * @param {{ mayPass?: boolean, retryAfter?: number, answer?: Answer, facts?: Record<string, unknown>, cause?: unknown }} known
   *   `mayPass`: whether it may work when it is tried again. `answer`: what the storage said.
   */
  constructor(code, { mayPass = false, retryAfter, answer, facts = {}, cause } = {}) {
    super(code, { cause });
    this.name = 'Trouble';
    this.code = code;
    this.mayPass = mayPass;
    this.retryAfter = retryAfter;
    this.answer = answer;
    this.facts = facts;
  }

  /** Whether somebody may want to try again; what is tried again by itself, `mayPass` says. */
  get canBeRetried() {
    return !OF_THE_FILE.has(this.code);
  }
}

/** Whatever was thrown, as trouble. */
export function troubleOf(thrown) {
  if (thrown instanceof Trouble) return thrown;
  if (thrown?.name === 'AbortError') return new Trouble('cancelled', { cause: thrown });
  // A file that changed or went away since it was chosen.
  if (thrown?.name === 'NotReadableError' || thrown?.name === 'NotFoundError') return new Trouble('file_unreadable', { cause: thrown });
  return new Trouble('page_fault', { facts: { message: String(thrown?.message ?? thrown) }, cause: thrown });
}
