// What every entry has in common: loading, keys, and the way to the WebAssembly and back.

export class CountersignError extends Error {
  constructor(code, message, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CountersignError';
    this.code = code;
  }
}

export const fail = (code, message, cause) => {
  throw new CountersignError(code, message, cause);
};

/**
 * The loader of one entry. `fallback` gives the WebAssembly that lies beside the module, as a source; `start` takes the
 * exports of its only instance.
 */
export const loader = (fallback, start, imports) => {
  let ready = false;
  let pending;

  const begin = (instance) => {
    // One that came first keeps its keys.
    if (ready) return;
    start(instance.exports);
    ready = true;
  };

  const failed = (error) => new CountersignError('load-failed', `the WebAssembly could not be loaded: ${error.message}`, error);

  const load = async (given) => {
    let source = given === undefined ? await fallback() : await given;
    if (typeof source === 'string' || source instanceof URL || (typeof Request === 'function' && source instanceof Request)) {
      source = await fetch(source);
    }
    if (typeof Response === 'function' && source instanceof Response) {
      if (!source.ok) throw new Error(`the answer to ${source.url} is ${source.status}`);
      // Compiled from its bytes: compiling while it streams in demands the right MIME type.
      source = await source.arrayBuffer();
    }
    const result = await WebAssembly.instantiate(source, imports);
    begin(result.instance ?? result);
  };

  return {
    init: (source) =>
      (pending ??= load(source).catch((error) => {
        pending = undefined;
        throw failed(error);
      })),
    initSync: (source) => {
      if (ready) return;
      try {
        const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
        begin(new WebAssembly.Instance(module, imports));
      } catch (error) {
        throw failed(error);
      }
      pending = Promise.resolve();
    },
    mustBeReady: () => ready || fail('not-initialised', 'the WebAssembly is not loaded; await `init()` first'),
  };
};

/** A point in time in milliseconds. */
export const milliseconds = (time, name) => {
  const value = typeof time === 'number' ? time : +new Date(time);
  // Vendors write a year in four digits: this is in 9892.
  return Math.abs(value) < 25e13 ? value : fail('bad-argument', `\`${name}\` is no time`);
};

const seconds = (time, name) => (time === undefined ? Math.floor(Date.now() / 1000) : Math.floor(milliseconds(time, name) / 1000));

/** A string that has no NUL, which separates fields. */
export const text = (value, name) =>
  typeof value === 'string' && !value.includes('\0') ? value : fail('bad-argument', `\`${name}\` must be a string without NUL`);

/** A number that has no sign and no fraction. */
export const count = (value, name) =>
  Number.isSafeInteger(value) && value >= 0 ? value : fail('bad-argument', `\`${name}\` must be a whole number`);

const encoder = new TextEncoder();

/** Bytes of a string; bytes as they are. */
export const bytes = (value, name) =>
  typeof value === 'string' ? encoder.encode(value) : value instanceof Uint8Array ? value : fail('bad-argument', `\`${name}\` must be a string or a Uint8Array`);

/** The signing side of an entry: loading, `Key`, and questions to the WebAssembly. */
export const signer = (fallback) => {
  /** What the WebAssembly exports. Nothing but numbers is passed: texts are written into its memory and read there. */
  let wasm;
  const { init, initSync, mustBeReady } = loader(fallback, (exports) => (wasm = exports));
  const decoder = new TextDecoder();
  let memory = new Uint8Array();
  /** Where questions are written. */
  let desk = memory;

  const part = (at, length) => {
    // Memory that has grown is another one.
    if (memory.length === 0) memory = new Uint8Array(wasm.memory.buffer);
    return memory.subarray(at, at + length);
  };
  const room = (length) => {
    if (desk.length < length) {
      const at = wasm.room(length) >>> 0;
      desk = part(at, length);
    }
    return desk;
  };
  /** Writes a text behind what is there; its length in bytes. */
  const write = (question, at = 0, more = 0) => {
    const place = room(at + question.length * 3 + more);
    return encoder.encodeInto(question, at === 0 ? place : place.subarray(at)).written;
  };
  /** The answer, of which there is always something, unless there is no such key. */
  const read = (length) => decoder.decode(part(wasm.answer() >>> 0, length)) || fail('internal', 'no key');

  /** What is inside each key. */
  const inside = new WeakMap();
  const dropped = typeof FinalizationRegistry === 'function' ? new FinalizationRegistry((number) => wasm.free(number)) : undefined;

  class Key {
    constructor(credentials) {
      mustBeReady();
      const { accessKeyId, secretAccessKey: secret, sessionToken = '', expiration } = credentials ?? {};
      const isText = typeof secret === 'string';
      if (!isText && !(secret instanceof Uint8Array)) fail('bad-argument', '`secretAccessKey` must be a string or a Uint8Array');
      const end = expiration === undefined ? undefined : milliseconds(expiration, 'expiration');
      const id = write(text(accessKeyId, 'accessKeyId'), 0, (text(sessionToken, 'sessionToken').length + secret.length) * 3);
      const token = write(sessionToken, id, secret.length * 3);
      // The secret goes straight into the memory of the WebAssembly, which wipes what is written here.
      const length = isText ? write(secret, id + token) : secret.length;
      if (!isText) desk.set(secret, id + token);
      const number = wasm.key(id, token, length);
      inside.set(this, { number, accessKeyId, isTemporary: sessionToken !== '', end });
      dropped?.register(this, number, this);
    }
    get accessKeyId() {
      return inside.get(this).accessKeyId;
    }
    get expiration() {
      const { end } = inside.get(this);
      return end === undefined ? undefined : new Date(end);
    }
    get isTemporary() {
      return inside.get(this).isTemporary;
    }
    free() {
      const inner = inside.get(this);
      if (inner.number === undefined) return;
      dropped?.unregister(this);
      wasm.free(inner.number);
      inner.number = undefined;
    }
  }
  if (Symbol.dispose) Key.prototype[Symbol.dispose] = Key.prototype.free;

  /**
   * Calls `work` with the number of the key, whose credentials must not end before `end` (in seconds). Credentials that
   * are no key are kept for this call.
   */
  const holding = (who, end, work) => {
    const inner = who instanceof Key ? inside.get(who) : undefined;
    if (inner === undefined) {
      if (typeof who?.free === 'function') fail('key-foreign', 'the key was made by another entry of this package');
      const key = new Key(who);
      try {
        return holding(key, end, work);
      } finally {
        key.free();
      }
    }
    if (inner.number === undefined) fail('key-freed', 'the key was freed');
    if (inner.end < end * 1000) {
      fail(
        'credentials-expire-first',
        `the credentials end at ${new Date(inner.end).toISOString()}, before what is signed with them, at ${new Date(end * 1000).toISOString()}`,
      );
    }
    return work(inner.number);
  };

  return {
    init,
    initSync,
    mustBeReady,
    Key,
    holding,
    write,
    /** Writes bytes behind a question that was written with room for `more`. */
    writeBytes: (given, at) => desk.set(given, at),
    read,
    get wasm() {
      return wasm;
    },
  };
};

/** Why a form is not signed; requests have more reasons. */
const needed = (code, about) => (code === 'terms-missing' ? `${about} is needed to sign with this scheme` : undefined);
const refused = (code, about) =>
  ({
    'life-out-of-range': 'the vendor takes no such life; V4 signatures live for a week at most',
    'already-signed': `the request is signed already, in ${about}`,
    'url-unusable': 'the URL is no HTTP or HTTPS URL',
  })[code] ?? needed(code, about);

/** The fields of an answer; `message` says what its errors mean. */
const answered = (reply, message) => {
  const [code, ...fields] = reply.split('\0');
  return code === '' ? fields : fail(code, message(code, fields[0]) ?? `this is a fault of the package (${fields[0]})`);
};

export const rfc3339 = (second) => new Date(second * 1000).toISOString().replace('.000Z', 'Z');

/** The clock and the end of what is signed, in seconds. */
export const span = ({ at, expiresIn }, usual) => {
  const now = seconds(at, 'at');
  const life = expiresIn === undefined && usual !== undefined ? usual : count(expiresIn, 'expiresIn');
  return [now, milliseconds((now + life) * 1000, 'expiresIn') / 1000, life];
};

/** Escapes all but what no vendor escapes. */
export const escaped = (value) =>
  encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Origin and path of a bucket; `host` is the vendor's public endpoint of the region. */
export const bucketUrl = ({ bucket, endpoint, addressing, region }, host) => {
  const given = endpoint ?? host(region ?? fail('terms-missing', 'the region or the endpoint is needed to know where the request goes'));
  const [, scheme = 'https://', authority] = /^(https?:\/\/)?([^/?#]+)\/?$/i.exec(text(given, 'endpoint')) ?? fail('bad-argument', '`endpoint` must be a host or an origin');
  if (addressing === 'custom-domain') return `${scheme}${authority}/`;
  const name = escaped(text(bucket, 'bucket'));
  return addressing === 'path' ? `${scheme}${authority}/${name}/` : `${scheme}${name}.${authority}/`;
};

/** The URL of an object with its parameters. */
export const objectUrl = (target, query, host) => {
  const segments = text(target.key ?? '', 'key').split('/');
  if (segments.some((segment) => segment === '.' || segment === '..')) {
    // `fetch` resolves them, escaped or not, and would ask for another object than was signed.
    fail('bad-argument', '`key` must not have `.` or `..` between slashes: no URL can name such an object');
  }
  let url = target.url === undefined ? bucketUrl(target, host) + segments.map(escaped).join('/') : text(String(target.url), 'url');
  for (const [name, value] of Object.entries(query ?? {})) {
    url += `${url.includes('?') ? '&' : '?'}${escaped(text(name, 'query'))}${value === '' ? '' : `=${escaped(text(String(value), name))}`}`;
  }
  return url;
};

/**
 * Signs a request with a scheme of the WebAssembly. `url` says whether the scheme signs URLs, `added` what headers go with it.
 */
export const request = (lib, scheme, options, who, { end, life, now, host, scope = options.region ?? '', method, headers = {}, query, body, payload }) =>
  lib.holding(who, end ?? now, (key) => {
    const url = objectUrl(options, query, host);
    const names = Object.keys(headers);
    const fields = [scheme, text(method, 'method'), url, text(scope, 'region'), ...['service', 'bucket', 'addressing'].map((name) => text(options[name] ?? '', name)), payload, (options.signedHeaders ?? []).map((name) => text(name, 'signedHeaders').toLowerCase()).join(';')];
    for (const name of names) fields.push(text(name, 'headers'), text(String(headers[name]), name));
    const bodyLength = body?.length ?? 0;
    const question = lib.write(fields.join('\0'), 0, bodyLength);
    if (bodyLength > 0) lib.writeBytes(body, question);
    const [signed, ...added] = answered(lib.read(lib.wasm.sign(key, question, bodyLength, now, life ?? -1)), refused);
    const all = { ...headers };
    for (let at = 0; at < added.length; at += 2) all[added[at]] = added[at + 1];
    const result = { scheme, method, url: signed, headers: all };
    if (end !== undefined) result.expiresAt = rfc3339(end);
    return result;
  });

/** `presign`, `sign` and `presignMultipart` of a vendor; `of` gives scheme ids and hosts. */
export const requests = (lib, of) => {
  const presign = (options, who) => {
    const [now, end, life] = span(options);
    const { scheme, host, scope, payload = '' } = of(options, true);
    const { method = 'GET', headers, query } = options;
    return request(lib, scheme, options, who, { now, end, life, host, scope, method, headers, query, payload });
  };
  const sign = (options, who) => {
    const { scheme, host, scope, lives, dated, unsigned = 'body' } = of(options, false);
    const [now, end, life] = span(options, lives ?? 0);
    const { method, query } = options;
    const has = (name) => Object.keys(options.headers ?? {}).some((own) => own.toLowerCase() === name);
    // Pages cannot send `Date`, and see to `Host` themselves.
    const headers = dated && !has(dated) && !has('date') ? { ...options.headers, [dated]: new Date(now * 1000).toUTCString() } : options.headers;
    const body = options.body === undefined ? undefined : bytes(options.body, 'body');
    const payload = body === undefined ? unsigned : 'body';
    return request(lib, scheme, options, who, { now, end: lives ? end : undefined, life: lives ? life : undefined, host, scope, method, headers, query, body, payload });
  };
  const presignMultipart = (options, who) => {
    const { uploadId, partNumbers = [], headers, ...target } = options;
    const part = (method, query, own) => presign({ ...target, method, query, headers: own }, who);
    if (uploadId === undefined) return { create: part('POST', { uploads: '' }, headers), parts: [] };
    return {
      parts: Array.from(partNumbers, (partNumber) => ({
        partNumber: count(partNumber, 'partNumbers'),
        request: part('PUT', { partNumber: String(partNumber), uploadId }),
      })),
      list: part('GET', { uploadId }),
      complete: part('POST', { uploadId }),
      abort: part('DELETE', { uploadId }),
    };
  };
  return { presign, sign, presignMultipart };
};

/**
 * `uploadForm` of a vendor whose forms have a policy of conditions, which `allowed` and `ofSignature` write; `of` gives the
 * scheme, the host, and the fields that may only be compared exactly.
 */
export const forms = (lib, provider, { allowed, ofSignature }, of) => (options, who) => {
  const [now, end] = span(options);
  const { scheme, host, exact } = of(options);
  const { region = '', key: only, keyPrefix, minSize, maxSize, contentType, fields = {}, policy } = options;
  // Of a ready policy, what it demands is the caller's to send.
  const ready = () => [[], [...(only === undefined ? [] : [['key', text(only, 'key')]]), ...Object.entries(fields).map(([name, value]) => [text(name, 'fields'), text(String(value), name)])]];
  const [conditions, sent] = policy === undefined ? allowed(provider, exact, options) : ready();
  return lib.holding(who, end, (key) => {
    /** The policy in Base64 and the fields of its signature. */
    const signed = (json) => {
      const question = lib.write([scheme, text(region, 'region'), text(json, 'policy')].join('\0'));
      const added = answered(lib.read(lib.wasm.form(key, question, now, end - now)), needed);
      return Array.from({ length: added.length / 2 }, (_, at) => [added[2 * at], added[2 * at + 1]]);
    };
    const finished = () => {
      const [, ...signing] = signed('{}');
      return JSON.stringify({ expiration: rfc3339(end).replace('Z', '.000Z'), conditions: [...conditions, ...ofSignature(signing, conditions)] });
    };
    const carrying = signed(policy ?? finished());
    const limits = known({ key: only, keyPrefix, minSize, maxSize, contentType });
    return { provider, scheme, method: 'POST', url: bucketUrl(options, host), fields: [...sent, ...carrying], fileField: 'file', expiresAt: rfc3339(end), limits };
  });
};

/** The members that are there. */
export const known = (members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
