// The service that issues uploads. Its requests are documented with the crate `countersign-serve`.

import { isThere, send } from './send.js';
import { Trouble } from './trouble.js';

export class Endpoint {
  #base;
  #bearer;

  /** @param {string | URL} base where the service is  @param {string} bearer the access token of the user */
  constructor(base, bearer) {
    this.#base = base;
    this.#bearer = bearer;
  }

  limits(signal) {
    return this.#ask('GET', 'limits', null, signal);
  }

  token(file, signal) {
    return this.#ask('POST', 'token', { name: file.name, size: file.size, type: typeOf(file) }, signal);
  }

  async parts(ticket, uploadId, partNumbers, signal) {
    return (await this.#ask('POST', 'multipart/parts', { ticket, uploadId, partNumbers }, signal)).parts;
  }

  control(ticket, uploadId, signal) {
    return this.#ask('POST', 'multipart/control', { ticket, uploadId }, signal);
  }

  async #ask(method, path, body, signal) {
    const [character] = UNSENDABLE.exec(this.#bearer) ?? [];
    if (character) throw new Trouble('bearer_unsendable', { facts: { character } });
    const headers = { Authorization: `Bearer ${this.#bearer}` };
    if (body) headers['Content-Type'] = 'application/json';
    const url = new URL(path, this.#base);
    const answer = await send({ method, url: url.href, headers }, body && JSON.stringify(body), { signal }).catch(async (thrown) => {
      // A service elsewhere that refuses this page leaves out the headers of CORS, and the page is told of a lost connection.
      const mayBeHidden = thrown.code === 'connection_lost' && url.origin !== location.origin && (await isThere(url));
      throw mayBeHidden ? new Trouble('service_hidden', { mayPass: true }) : thrown;
    });
    let said = null;
    try {
      said = JSON.parse(answer.text);
    } catch {
      // Something else than the service answered.
    }
    if (answer.status === 200 && said) return said;
    const { status } = answer;
    const code = typeof said?.code === 'string' ? said.code : CODES[status] ?? 'service_unclear';
    const mayPass = status >= 500 || status === 408 || status === 429;
    const retryAfter = mayPass ? waitIn(said?.retryAfter ?? answer.header('Retry-After')) : undefined;
    throw new Trouble(code, { mayPass, retryAfter, facts: { status, message: said?.message ?? '', retryAfter } });
  }
}

/** Headers hold ASCII: of others a browser sends none, or what the service takes for no token at all. */
const UNSENDABLE = /[^ -~]/u;

/** What a refusal means that says nothing itself: that of a proxy before the service. */
const CODES = { 401: 'service_denied', 403: 'service_denied', 429: 'too_fast' };

/** The seconds to wait, as `Retry-After` says them: a number, or a time. */
export function waitIn(said, now = Date.now()) {
  if (said === null || said === undefined || said === '') return undefined;
  const seconds = Number.isNaN(Number(said)) ? (Date.parse(said) - now) / 1000 : Number(said);
  return seconds > 0 && Number.isFinite(seconds) ? Math.ceil(seconds) : undefined;
}

/** The type an upload names. */
export function typeOf(file) {
  // A page's own parameters, as in `text/plain;charset=utf-8`, are no part of the type.
  return file.type.split(';')[0].trim() || 'application/octet-stream';
}

/** What speaks against a file before anything is sent, by what the service says it allows. */
export function objection(file, limits) {
  if (file.size > limits.maxSize) return new Trouble('size_not_allowed', { facts: { size: file.size, most: limits.maxSize } });
  const type = typeOf(file);
  const fits = (allowed) => allowed === '*/*' || allowed === type || (allowed.endsWith('/*') && type.startsWith(allowed.slice(0, -1)));
  if (!limits.types.some(fits)) return new Trouble('type_not_allowed', { facts: { type, allowed: limits.types } });
  if (new TextEncoder().encode(file.name).length > 1024) return new Trouble('name_too_long');
  return null;
}
