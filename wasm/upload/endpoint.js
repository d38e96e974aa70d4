// The service that issues uploads. Its requests are documented with the crate `countersign-serve`.

import { send } from './send.js';
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
    const headers = { Authorization: `Bearer ${this.#bearer}` };
    if (body) headers['Content-Type'] = 'application/json';
    const url = new URL(path, this.#base).href;
    const answer = await send({ method, url, headers }, body && JSON.stringify(body), { signal });
    let said = null;
    try {
      said = JSON.parse(answer.text);
    } catch {
      // Something else than the service answered.
    }
    if (answer.status === 200 && said) return said;
    const code = typeof said?.code === 'string' ? said.code : 'service_unclear';
    const mayPass = answer.status >= 500 || answer.status === 408 || answer.status === 429;
    throw new Trouble(code, { mayPass, retryAfter: said?.retryAfter, facts: { status: answer.status, message: said?.message ?? '' } });
  }
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
