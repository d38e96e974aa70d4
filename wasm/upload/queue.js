// The uploads of a page: their order, how many go at once, and where each stands.

import { Speed } from './format.js';
import { objection } from './endpoint.js';
import { troubleOf } from './trouble.js';
import { abandon, upload } from './upload.js';

/** Files that are sent at the same time. */
const AT_ONCE = 3;

/** Where an upload stands. `pausing`: it will be tried again by itself. */
export const STATES = ['waiting', 'sending', 'pausing', 'done', 'failed', 'cancelled'];

let lastId = 0;

class Item {
  constructor({ file, path }) {
    lastId += 1;
    this.id = lastId;
    this.file = file;
    this.path = path;
    this.reset();
  }

  reset() {
    this.state = 'waiting';
    this.sent = 0;
    this.speed = new Speed();
    this.trouble = null;
    /** What the service allowed. */
    this.allowed = null;
    /** Parts that were there before. */
    this.resumed = 0;
    /** The attempt to come, and when. */
    this.attempt = 1;
    this.nextAttempt = 0;
    this.stop = new AbortController();
  }

  get isOver() {
    return this.state === 'done' || this.state === 'failed' || this.state === 'cancelled';
  }

  get canBeRetried() {
    return this.state === 'cancelled' || (this.state === 'failed' && this.trouble.canBeRetried);
  }
}

/** Tells of every change by an event `change` with the item, of an item's removal by `remove`. */
export class Queue extends EventTarget {
  items = [];
  #endpoint;
  #limits;

  constructor(endpoint, limits) {
    super();
    this.#endpoint = endpoint;
    this.#limits = limits;
  }

  /** Adds files; those the service would refuse fail at once. */
  add(found) {
    const added = found.map((one) => new Item(one));
    for (const item of added) {
      this.items.push(item);
      item.trouble = objection(item.file, this.#limits);
      if (item.trouble) item.state = 'failed';
      this.#tell(item);
    }
    this.#start();
    return added;
  }

  cancel(item) {
    if (item.isOver) return;
    item.stop.abort();
    // One that is being sent ends by itself.
    if (item.state === 'waiting') this.#end(item, 'cancelled');
  }

  retry(item) {
    if (!item.canBeRetried) return;
    item.reset();
    item.trouble = objection(item.file, this.#limits);
    if (item.trouble) item.state = 'failed';
    this.#tell(item);
    this.#start();
  }

  remove(item) {
    if (!item.isOver) return;
    this.items = this.items.filter((other) => other !== item);
    this.dispatchEvent(new CustomEvent('remove', { detail: item }));
  }

  /** Ends all that is not over. */
  close() {
    for (const item of this.items) this.cancel(item);
  }

  #start() {
    const running = this.items.filter((item) => item.state === 'sending' || item.state === 'pausing').length;
    const next = this.items.filter((item) => item.state === 'waiting').slice(0, AT_ONCE - running);
    for (const item of next) this.#run(item);
  }

  async #run(item) {
    item.state = 'sending';
    this.#tell(item);
    const job = {
      endpoint: this.#endpoint,
      user: this.#limits.user,
      file: item.file,
      signal: item.stop.signal,
      progress: (sent) => {
        item.state = 'sending';
        item.sent = sent;
        item.speed.note(sent, performance.now());
        this.#tell(item);
      },
      waiting: (attempt, pause, trouble) => {
        item.state = 'pausing';
        item.trouble = trouble;
        item.attempt = attempt;
        item.nextAttempt = performance.now() + pause;
        this.#tell(item);
      },
      allowed: (allowed) => {
        item.allowed = allowed;
      },
      resumed: (parts) => {
        item.resumed = parts;
      },
    };
    try {
      await upload(job);
      item.sent = item.file.size;
      this.#end(item, 'done');
    } catch (thrown) {
      item.trouble = troubleOf(thrown);
      if (item.stop.signal.aborted) {
        this.#end(item, 'cancelled');
        await abandon(job);
      } else {
        this.#end(item, 'failed');
      }
    }
  }

  #end(item, state) {
    item.state = state;
    this.#tell(item);
    this.#start();
  }

  #tell(item) {
    this.dispatchEvent(new CustomEvent('change', { detail: item }));
  }
}

/** Where all uploads together stand. */
export function totals(items) {
  const counted = items.filter((item) => item.state !== 'cancelled' && !(item.state === 'failed' && item.sent === 0));
  const bytes = counted.reduce((sum, item) => sum + item.file.size, 0);
  const sent = counted.reduce((sum, item) => sum + item.sent, 0);
  const count = (state) => items.filter((item) => item.state === state).length;
  const perSecond = items.filter((item) => item.state === 'sending').reduce((sum, item) => sum + (item.speed.perSecond ?? 0), 0);
  const canBeRetried = items.some((item) => item.state === 'failed' && item.canBeRetried);
  const open = counted.filter((item) => !item.isOver).reduce((sum, item) => sum + item.file.size - item.sent, 0);
  return { files: items.length, done: count('done'), failed: count('failed'), canBeRetried, isOver: items.every((item) => item.isOver), bytes, sent, perSecond, open };
}
