// An upload in parts, which goes on where it was left.

import { completion, element, partsIn, tagIn, uploadIdIn } from './answers.js';
import { typeOf } from './endpoint.js';
import { forget, remember, remembered } from './memory.js';
import { retrying, sendToStorage } from './send.js';
import { Trouble } from './trouble.js';

/** Parts of one file that are sent at the same time. */
const AT_ONCE = 3;
/** Parts that are asked for together. */
const BATCH = 12;
/** Signed requests are not used in the last seconds of their life. */
const RESERVE = 20_000;

/**
 * Where an upload in parts stands.
 * @typedef {{ ticket: string, key: string, uploadId: string, partSize: number, parts: number, answers: 'xml' | 'json' }} Begun
 */

/** An upload of this file that was begun before and is still there, with the tags of its parts. */
export async function resumable({ endpoint, user, file, signal, waiting }) {
  /** @type {Begun | null} */
  const begun = remembered(user, file);
  if (!begun) return null;
  try {
    const list = await retrying(
      async () => {
        const control = await endpoint.control(begun.ticket, begun.uploadId, signal);
        return sendToStorage(control.list, null, { signal });
      },
      { signal, waiting },
    );
    const tags = new Map();
    for (const [number, { tag, size }] of partsIn(list, begun.answers)) {
      if (size === sizeOf(begun, file, number)) tags.set(number, tag);
    }
    return { begun, tags };
  } catch (trouble) {
    if (trouble.code === 'cancelled' || trouble.mayPass) throw trouble;
    // The storage or the service no longer knows it.
    forget(user, file);
    return null;
  }
}

/** Begins an upload the service has allowed. */
export async function begin(upload, { user, file, signal, waiting }) {
  const answer = await retrying(() => sendToStorage(upload.create, null, { signal }), { signal, waiting });
  const { ticket, key, partSize, parts, answers } = upload;
  const begun = { ticket, key, partSize, parts, answers, uploadId: uploadIdIn(answer, answers) };
  remember(user, file, begun);
  return { begun, tags: new Map() };
}

/** Sends what is missing, and completes the upload. */
export async function finish({ begun, tags }, { endpoint, user, file, signal, waiting, progress }) {
  const sent = new Map([...tags.keys()].map((number) => [number, sizeOf(begun, file, number)]));
  const tell = () => progress([...sent.values()].reduce((sum, bytes) => sum + bytes, 0));
  tell();
  const missing = [];
  for (let number = 1; number <= begun.parts; number += 1) if (!tags.has(number)) missing.push(number);

  // When one part fails for good, the others need not go on.
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const requests = new Requests(endpoint, begun, missing, both);
  let next = 0;
  const worker = async () => {
    while (next < missing.length) {
      const number = missing[next];
      next += 1;
      const body = slice(begun, file, number);
      const answer = await retrying(
        async () => {
          sent.set(number, 0);
          const request = await requests.get(number);
          return sendToStorage(request, body, {
            signal: both,
            progress: (bytes) => {
              sent.set(number, Math.min(bytes, body.size));
              tell();
            },
          });
        },
        { signal: both, waiting },
      );
      sent.set(number, body.size);
      tags.set(number, tagIn(answer, begun.answers));
      tell();
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } catch (thrown) {
    stop.abort();
    throw thrown;
  }
  await retrying(() => complete(begun, tags, endpoint, file, signal), { signal, waiting });
  forget(user, file);
}

/** Has the storage drop the parts of an upload that is given up. Nobody waits for it. */
export async function abandon({ endpoint, user, file }) {
  const begun = remembered(user, file);
  forget(user, file);
  if (!begun) return;
  try {
    const control = await endpoint.control(begun.ticket, begun.uploadId);
    await sendToStorage(control.abort, null);
  } catch {
    // The storage drops abandoned parts by its own rules.
  }
}

async function complete(begun, tags, endpoint, file, signal) {
  const control = await endpoint.control(begun.ticket, begun.uploadId, signal);
  if ([...tags.values()].includes(null)) {
    // The storage does not let pages see the tags of parts, but lists them.
    const listed = partsIn(await sendToStorage(control.list, null, { signal }), begun.answers);
    for (const [number, { tag }] of listed) tags.set(number, tag);
  }
  const type = control.complete.headers['Content-Type'];
  const body = new Blob([completion(tags, begun.answers, file.name, typeOf(file))], { type });
  const answer = await sendToStorage(control.complete, body, { signal });
  // S3 says 200 before it knows.
  if (begun.answers === 'xml' && element(answer.text, 'Code')) {
    throw new Trouble('storage_refused', { answer, facts: { status: answer.status } });
  }
}

function sizeOf(begun, file, number) {
  return Math.min(begun.partSize, file.size - (number - 1) * begun.partSize);
}

/** A part. A type of its own would become a header that nobody signed. */
function slice(begun, file, number) {
  const start = (number - 1) * begun.partSize;
  return file.slice(start, start + sizeOf(begun, file, number), '');
}

/** Signed requests for parts, asked for in batches and before they are too old. */
class Requests {
  #endpoint;
  #begun;
  #order;
  #signal;
  #known = new Map();
  #asking = null;

  constructor(endpoint, begun, order, signal) {
    this.#endpoint = endpoint;
    this.#begun = begun;
    this.#order = order;
    this.#signal = signal;
  }

  /** Each is given once: whoever comes back had it fail, perhaps for its age. */
  async get(number) {
    for (;;) {
      const request = this.#known.get(number);
      this.#known.delete(number);
      if (request && Date.parse(request.expiresAt) - RESERVE > Date.now()) return request;
      this.#asking ??= this.#ask(number).finally(() => {
        this.#asking = null;
      });
      await this.#asking;
      if (this.#known.has(number)) return this.#taken(number);
    }
  }

  #taken(number) {
    const request = this.#known.get(number);
    this.#known.delete(number);
    return request;
  }

  async #ask(number) {
    const numbers = [number, ...this.#order.filter((other) => other > number).slice(0, BATCH - 1)];
    const parts = await this.#endpoint.parts(this.#begun.ticket, this.#begun.uploadId, numbers, this.#signal);
    for (const part of parts) this.#known.set(part.partNumber, part.request);
  }
}
