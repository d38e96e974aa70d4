// The package, as the page calls it: in a worker, which is stopped with whatever it does when it is no longer wanted.

import { startWorker } from './scripts.js';

/** Why there is no answer: the code of the package, `stopped`, or `load-failed`. */
export class EngineError extends Error {
  constructor({ code, message }) {
    super(message);
    this.code = code;
  }
}

export class Engine {
  #worker = null;
  #calls = new Map();
  #last = 0;
  /** Since when it works on what was called; `null` while it does not, or is still being loaded. */
  #since = null;

  constructor() {
    this.#start();
  }

  /** Starts a worker; `ready` gives the schemes and the stacks it knows. */
  #start() {
    this.ready = new Promise((resolve, reject) => this.#calls.set(0, { resolve, reject }));
    // Whoever waits for it is told; nobody else need be.
    this.ready.then(
      () => this.#mark(),
      () => {},
    );
    this.#worker = startWorker();
    this.#worker.addEventListener('message', ({ target, data: { id, value, error } }) => {
      if (target !== this.#worker) return;
      const call = this.#calls.get(id);
      this.#calls.delete(id);
      this.#mark();
      if (!error) return call?.resolve(value);
      call?.reject(new EngineError(error));
      // A trap leaves the memory of the package as it was in between: nothing that comes out of it can be relied on.
      if (error.isBroken && id !== 0) this.stop();
    });
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#fail({ code: 'load-failed', message: event.message ?? '' });
    });
  }

  #fail(error) {
    const all = [...this.#calls.values()];
    this.#calls.clear();
    for (const { reject } of all) reject(new EngineError(error));
  }

  /** For how many milliseconds something has been worked out. */
  get busyFor() {
    return this.#since === null ? 0 : performance.now() - this.#since;
  }

  /** Notes when the next call is begun. */
  #mark() {
    this.#since = this.#calls.size === 0 || this.#calls.has(0) ? null : performance.now();
  }

  /** Calls a function of the worker. */
  call(call, argument) {
    this.#last += 1;
    const id = this.#last;
    const answer = new Promise((resolve, reject) => this.#calls.set(id, { resolve, reject }));
    if (this.#since === null) this.#mark();
    this.#worker.postMessage({ id, call, argument });
    return answer;
  }

  /** Ends all that is being worked out, and its secrets with it. */
  stop() {
    this.#worker.terminate();
    this.#since = null;
    this.#fail({ code: 'stopped', message: '' });
    this.#start();
  }
}
