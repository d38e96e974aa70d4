// What a page does with a form or a signed request. Nothing here needs the WebAssembly.

import { bad, count, fail, milliseconds, object, pairs, text } from './core.js';

const is = (name, other) => name.toLowerCase() === other;

export const toFormData = (form, file, choices) => {
  const { key, fileName, contentType } = choices ?? {};
  const fields = pairs(object(form, 'form').fields ?? null, 'fields');
  const has = (wanted) => fields.some(([name]) => is(name, wanted));
  if (key !== undefined) {
    if (otherKey(form.limits, text(key, 'key')) !== undefined) fail('bad-argument', `the form does not allow the key \`${key}\``);
    if (!has('key')) fields.push(['key', key]);
  }
  // The policy leaves the type open, and demands one.
  if (!has('content-type') && form.limits?.contentType?.endsWith('*') && form.provider !== 'kodo') fields.push(['Content-Type', text(contentType ?? object(file, 'file').type ?? '', 'contentType')]);
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, is(name, 'key') ? (key ?? value) : value);
  try {
    data.append(form.fileField ?? 'file', file, fileName ?? file?.name ?? 'file');
  } catch {
    bad('file', 'a `Blob`');
  }
  return data;
};

/** `fetch` sends the type of a body that has one, which vendors hold against a signature made without it. */
const untyped = (body) => (typeof body === 'string' || body instanceof URLSearchParams || body instanceof Blob ? new Blob([body]) : body);

/** What uploads alone need. */
export const formToFetch = (form, file, choices) => [object(form, 'form').url, { method: 'POST', body: toFormData(form, file, choices) }];

export const toFetch = (what, file, choices) => {
  const { url, method, headers, fields } = object(what, 'request');
  if (fields !== undefined) return formToFetch(what, file, choices);
  const isTyped = pairs(headers, 'headers').some(([name]) => is(name, 'content-type'));
  return [text(url, 'url'), { method, headers, ...(file === undefined || file === null ? {} : { body: isTyped ? file : untyped(file) }) }];
};

/** The key or the prefix that is allowed, if this one is not. */
const otherKey = (limits, key) => {
  const { key: only, keyPrefix } = limits ?? {};
  if (only !== undefined && key !== only) return only;
  return keyPrefix === undefined || key.startsWith(keyPrefix) ? undefined : keyPrefix;
};

const isAllowed = (allowed, type) => {
  const isInverted = allowed.startsWith('!');
  const matches = (pattern) => (pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern);
  return isInverted !== allowed.slice(isInverted ? 1 : 0).split(';').some(matches);
};

export const checkFile = (form, file, choices) => {
  const { key, contentType, at } = choices ?? {};
  const { minSize, maxSize, contentType: allowed, ...keys } = object(form, 'form').limits ?? {};
  const problems = [];
  const unless = (isFine, code, allowed, found) => isFine || problems.push({ code, allowed, found });
  const now = at === undefined ? Date.now() : milliseconds(at, 'at');
  unless(milliseconds(form.expiresAt, 'expiresAt') > now, 'expired', form.expiresAt, new Date(now).toISOString());
  // What has no limit is never above or below it.
  const size = count(object(file, 'file').size, 'size');
  unless(!(size > maxSize), 'too-large', maxSize, size);
  unless(!(size < minSize), 'too-small', minSize, size);
  const type = contentType ?? file.type ?? '';
  unless(allowed === undefined || isAllowed(text(allowed, 'contentType'), text(type, 'type')), 'type-not-allowed', allowed, type);
  const other = key === undefined ? undefined : otherKey(keys, text(key, 'key'));
  unless(other === undefined, 'key-not-allowed', other, key);
  return problems;
};
