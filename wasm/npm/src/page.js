// What a page does with a form or a signed request. Nothing here needs the WebAssembly.

import { bytes, fail, milliseconds } from './core.js';

const is = (name, other) => name.toLowerCase() === other;

export const toFormData = (form, file, { key, fileName, contentType } = {}) => {
  const data = new FormData();
  let typed = false;
  for (const [name, value] of form.fields) {
    if (is(name, 'key') && key !== undefined) {
      const problem = checkKey(form.limits, key);
      if (problem) fail('bad-argument', `the form does not allow the key \`${key}\``);
      data.append(name, key);
    } else {
      data.append(name, value);
    }
    typed ||= is(name, 'content-type');
  }
  if (key !== undefined && !form.fields.some(([name]) => is(name, 'key'))) data.append('key', key);
  // The policy leaves the type open, and demands one.
  if (!typed && form.limits?.contentType?.endsWith('*') && form.provider !== 'kodo') data.append('Content-Type', contentType ?? file.type);
  data.append(form.fileField ?? 'file', file, fileName ?? file.name ?? 'file');
  return data;
};

/** `fetch` sends the type of a body that has one, which vendors hold against a signature made without it. */
const untyped = (body) =>
  typeof body === 'string' || body instanceof URLSearchParams ? bytes(String(body), 'body') : body instanceof Blob ? body.slice() : body;

export const toFetch = (what, file, choices) => {
  const { url, method, headers, fields } = what;
  if (fields !== undefined) return [url, { method: 'POST', body: toFormData(what, file, choices) }];
  const isTyped = Object.keys(headers).some((name) => is(name, 'content-type'));
  return [url, { method, headers, ...(file === undefined || file === null ? {} : { body: isTyped ? file : untyped(file) }) }];
};

const checkKey = (limits, key) => {
  const { key: only, keyPrefix } = limits ?? {};
  if (only !== undefined && key !== only) return { code: 'key-not-allowed', allowed: only, found: key };
  if (keyPrefix !== undefined && !key.startsWith(keyPrefix)) return { code: 'key-not-allowed', allowed: keyPrefix, found: key };
  return undefined;
};

const matches = (pattern, type) => (pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern);

const isAllowed = (allowed, type) =>
  allowed.startsWith('!') ? !allowed.slice(1).split(';').some((one) => matches(one, type)) : allowed.split(';').some((one) => matches(one, type));

export const checkFile = (form, file, { key, contentType, at } = {}) => {
  const { minSize, maxSize, contentType: allowed, ...keys } = form.limits ?? {};
  const problems = [];
  const unless = (isFine, code, allowed, found) => isFine || problems.push({ code, allowed, found });
  const now = at === undefined ? Date.now() : milliseconds(at, 'at');
  unless(milliseconds(form.expiresAt, 'expiresAt') > now, 'expired', form.expiresAt, new Date(now).toISOString());
  // What has no limit is never above or below it.
  unless(!(file.size > maxSize), 'too-large', maxSize, file.size);
  unless(!(file.size < minSize), 'too-small', minSize, file.size);
  const type = contentType ?? file.type ?? '';
  unless(allowed === undefined || isAllowed(allowed, type), 'type-not-allowed', allowed, type);
  const wrong = key === undefined ? undefined : checkKey(keys, key);
  if (wrong) problems.push(wrong);
  return problems;
};
