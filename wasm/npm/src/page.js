// What a page does with a form or a signed request. Nothing here needs the WebAssembly.

import { bad, bytes, count, fail, milliseconds, object, pairs, text } from './core.js';

const is = (name, other) => name.toLowerCase() === other;

export const toFormData = (form, file, choices) => {
  const { key, fileName, contentType } = choices ?? {};
  const fields = pairs(object(form, 'form').fields ?? null, 'fields');
  const data = new FormData();
  let typed = false;
  for (const [name, value] of fields) {
    if (is(name, 'key') && key !== undefined) {
      if (checkKey(form.limits, key)) fail('bad-argument', `the form does not allow the key \`${key}\``);
      data.append(name, key);
    } else {
      data.append(name, value);
    }
    typed ||= is(name, 'content-type');
  }
  if (key !== undefined && !fields.some(([name]) => is(name, 'key'))) data.append('key', text(key, 'key'));
  // The policy leaves the type open, and demands one.
  if (!typed && form.limits?.contentType?.endsWith('*') && form.provider !== 'kodo') data.append('Content-Type', text(contentType ?? object(file, 'file').type ?? '', 'contentType'));
  try {
    data.append(form.fileField ?? 'file', file, fileName ?? file?.name ?? 'file');
  } catch {
    bad('file', 'a `Blob`');
  }
  return data;
};

/** `fetch` sends the type of a body that has one, which vendors hold against a signature made without it. */
const untyped = (body) =>
  typeof body === 'string' || body instanceof URLSearchParams ? bytes(String(body), 'body') : body instanceof Blob ? body.slice() : body;

export const toFetch = (what, file, choices) => {
  const { url, method, headers, fields } = object(what, 'request');
  if (fields !== undefined) return [url, { method: 'POST', body: toFormData(what, file, choices) }];
  const isTyped = pairs(headers, 'headers').some(([name]) => is(name, 'content-type'));
  return [text(url, 'url'), { method, headers, ...(file === undefined || file === null ? {} : { body: isTyped ? file : untyped(file) }) }];
};

const checkKey = (limits, key) => {
  const { key: only, keyPrefix } = limits ?? {};
  text(key, 'key');
  if (only !== undefined && key !== only) return { code: 'key-not-allowed', allowed: only, found: key };
  if (keyPrefix !== undefined && !key.startsWith(keyPrefix)) return { code: 'key-not-allowed', allowed: keyPrefix, found: key };
  return undefined;
};

const matches = (pattern, type) => (pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern);

const isAllowed = (allowed, type) =>
  allowed.startsWith('!') ? !allowed.slice(1).split(';').some((one) => matches(one, type)) : allowed.split(';').some((one) => matches(one, type));

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
  unless(allowed === undefined || isAllowed(allowed, text(type, 'type')), 'type-not-allowed', allowed, type);
  const wrong = key === undefined ? undefined : checkKey(keys, key);
  if (wrong) problems.push(wrong);
  return problems;
};
