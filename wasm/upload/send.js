// Sending, with progress, and trying again.

import { Trouble } from './trouble.js';

/** Without a byte in either direction for so long, a connection is given up. */
const STALLED = 45_000;

/**
 * An answer of the storage or the service.
 * @typedef {{ status: number, text: string, header: (name: string) => string | null }} Answer
 */

/**
 * Sends a request. `fetch` tells nothing of the progress of an upload, so it is an XMLHttpRequest.
 *
 * @param {{ method: string, url: string, headers?: Record<string, string> }} request
 * @param {XMLHttpRequestBodyInit | null} body
 * @param {{ signal?: AbortSignal, progress?: (sent: number) => void }} [options]
 * @returns {Promise<Answer>}
 */
export function send(request, body, { signal, progress } = {}) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const xhr = new XMLHttpRequest();
    let stalled;
    let isSent = body === null;
    const lost = () => new Trouble('connection_lost', { mayPass: true, facts: { isSent } });
    const watch = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => xhr.abort(), STALLED);
    };
    const abort = () => xhr.abort();
    const end = (settle, value) => {
      clearTimeout(stalled);
      signal?.removeEventListener('abort', abort);
      settle(value);
    };
    xhr.open(request.method, request.url);
    for (const [name, value] of Object.entries(request.headers ?? {})) xhr.setRequestHeader(name, value);
    // Without a listener on the upload no preflight is made where none is needed.
    if (progress) {
      xhr.upload.addEventListener('progress', (event) => {
        watch();
        progress(event.loaded);
      });
      xhr.upload.addEventListener('load', () => {
        isSent = true;
      });
    }
    xhr.addEventListener('load', () => {
      end(resolve, { status: xhr.status, text: xhr.responseText, header: (name) => xhr.getResponseHeader(name) });
    });
    xhr.addEventListener('error', () => end(reject, lost()));
    xhr.addEventListener('abort', () => end(reject, signal?.aborted ? new Trouble('cancelled') : lost()));
    signal?.addEventListener('abort', abort);
    watch();
    xhr.send(body);
  });
}

/** The same, where everything but success is trouble. */
export async function sendToStorage(request, body, options) {
  const answer = await send(request, body, options).catch(async (thrown) => {
    // Storage that refuses a request may leave out the headers of CORS, and a page is then told of a lost connection.
    const mayBeHidden = thrown.code === 'connection_lost' && thrown.facts.isSent && (await isThere(request.url));
    throw mayBeHidden ? new Trouble('storage_hidden', { mayPass: true }) : thrown;
  });
  if (answer.status >= 200 && answer.status < 300) return answer;
  const mayPass = answer.status >= 500 || answer.status === 408 || answer.status === 429;
  throw new Trouble(mayPass ? 'storage_failed' : 'storage_refused', { mayPass, answer, facts: { status: answer.status } });
}

/** Whether anything answers there; what, nobody is told. */
export async function isThere(url) {
  try {
    await fetch(new URL(url).origin, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(5_000) });
    return true;
  } catch {
    return false;
  }
}

/** How often something is tried before it has failed. */
export const ATTEMPTS = 6;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** Somebody who is to wait for longer is told so, and tries again when it suits. */
const LONGEST_WAIT = 300;
/** Answers a page is not let see. */
const HIDDEN = new Set(['storage_hidden', 'service_hidden']);

/** Milliseconds before another attempt: twice as long each time, and half of it by chance, so that not all come back at once. */
export function pauseBefore(attempt, random = Math.random) {
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 2));
  return longest / 2 + (random() * longest) / 2;
}

/**
 * Tries again what may work when it is tried again.
 *
 * @param {(attempt: number) => Promise<T>} task
 * @param {{ signal?: AbortSignal, waiting?: (attempt: number, pause: number, trouble: Trouble) => void, sleep?: typeof pause }} [options]
 * @template T
 */
export async function retrying(task, { signal, waiting, sleep = pause } = {}) {
  let hidden = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await task(attempt);
    } catch (thrown) {
      if (!(thrown instanceof Trouble) || !thrown.mayPass || attempt === ATTEMPTS) throw thrown;
      // Once may be the connection after all.
      if (HIDDEN.has(thrown.code) && (hidden += 1) === 2) throw thrown;
      if (thrown.retryAfter > LONGEST_WAIT) throw thrown;
      const next = thrown.retryAfter ? thrown.retryAfter * 1000 : pauseBefore(attempt + 1);
      waiting?.(attempt + 1, next, thrown);
      await sleep(next, signal);
    }
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const end = (settle, value) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      globalThis.removeEventListener?.('online', now);
      settle(value);
    };
    const abort = () => end(reject, new Trouble('cancelled'));
    // The connection is back: there is nothing to wait for.
    const now = () => end(resolve);
    const timer = setTimeout(now, milliseconds);
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort);
    globalThis.addEventListener?.('online', now);
  });
}
