// What every entry has in common: loading, keys, and the way to the WebAssembly and back.

export class CountersignError extends Error {
  // Each entry has a class of its own, and they are one to who catches.
  static [Symbol.hasInstance](error) {
    return error?.name === 'CountersignError';
  }
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

  const failed = (error) => new CountersignError('load-failed', `the WebAssembly was not loaded: ${error.message}`, error);

  const load = async (given) => {
    let source = given === undefined ? await fallback() : await given;
    if (typeof source === 'string' || source instanceof URL || source instanceof Request) source = await fetch(source);
    if (source instanceof Response) {
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
    mustBeReady: () => ready || fail('not-initialised', 'await `init()` first'),
  };
};

/** Refuses an argument of the wrong kind. */
export const bad = (name, what) => fail('bad-argument', `\`${name}\` must be ${what}`);

/** What has members. */
export const object = (value, name) => (typeof value === 'object' && value !== null ? value : bad(name, 'an object'));

/** What can be gone through; nothing is an empty list, and a string none. */
export const list = (value = [], name) => (typeof value !== 'string' && value?.[Symbol.iterator] ? [...value] : bad(name, 'a list'));

/** A point in time in milliseconds. */
export const milliseconds = (time, name) => {
  const value = typeof time === 'number' ? time : typeof time === 'string' ? Date.parse(time) : time?.getTime?.();
  // Vendors write a year in four digits: this is in 9892.
  return Math.abs(value) < 25e13 ? value : bad(name, 'a time');
};

const seconds = (time, name) => Math.floor((time === undefined ? Date.now() : milliseconds(time, name)) / 1000);

/** A string that has no NUL, which separates fields, and no half of a surrogate pair, which UTF-8 cannot say. */
export const text = (value, name) => (typeof value === 'string' && !/[\0\p{Cs}]/u.test(value) ? value : bad(name, 'a well-formed string without NUL'));

/** The same, and not empty. */
export const filled = (value, name) => text(value, name) || bad(name, 'not empty');

/** A part of a V4 scope, which is cut apart at slashes. */
const ofScope = (value, name) => (text(value, name).includes('/') ? bad(name, 'without `/`') : value);

/** A number that has no sign and no fraction. */
export const count = (value, name) => (Number.isSafeInteger(value) && value >= 0 ? value : bad(name, 'a whole number'));

/** Names and values: the members of an object, or pairs as those of `Headers` and `URLSearchParams`. */
export const pairs = (given = {}, name) =>
  (object(given, name)[Symbol.iterator] ? [...given] : Object.entries(given)).map((pair) => {
    const [own, value] = list(pair, name);
    return [text(own, name), text(typeof value === 'number' ? String(value) : value, own)];
  });

const encoder = new TextEncoder();

/** Bytes of a string; bytes as they are. */
export const bytes = (value, name) => {
  if (value instanceof Uint8Array) return value;
  return typeof value === 'string' && !/\p{Cs}/u.test(value) ? encoder.encode(value) : bad(name, 'a well-formed string or a Uint8Array');
};

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

  /** What is inside a key of this entry. */
  let inside;
  const dropped = typeof FinalizationRegistry === 'function' ? new FinalizationRegistry((number) => wasm.free(number)) : undefined;

  class Key {
    // Minified, the class has another.
    static name = 'Key';
    #inner;
    static {
      inside = (who) => (#inner in Object(who) ? who.#inner : undefined);
    }
    constructor(credentials) {
      mustBeReady();
      const { accessKeyId, secretAccessKey: secret, sessionToken = '', expiration } = credentials ?? {};
      const isText = typeof secret === 'string';
      if (!(secret instanceof Uint8Array)) text(secret, 'secretAccessKey');
      const end = expiration === undefined ? undefined : milliseconds(expiration, 'expiration');
      const id = write(filled(accessKeyId, 'accessKeyId'), 0, (text(sessionToken, 'sessionToken').length + secret.length) * 3);
      const token = write(sessionToken, id, secret.length * 3);
      // The secret goes straight into the memory of the WebAssembly, which wipes what is written here.
      const length = isText ? write(secret, id + token) : secret.length;
      if (!isText) desk.set(secret, id + token);
      const number = wasm.key(id, token, length);
      this.#inner = { number, accessKeyId, isTemporary: sessionToken !== '', end };
      dropped?.register(this, number, this);
    }
    get accessKeyId() {
      return this.#inner.accessKeyId;
    }
    get expiration() {
      const { end } = this.#inner;
      return end === undefined ? undefined : new Date(end);
    }
    get isTemporary() {
      return this.#inner.isTemporary;
    }
    free() {
      const inner = this.#inner;
      if (inner.number === undefined) return;
      dropped?.unregister(this);
      wasm.free(inner.number);
      inner.number = undefined;
    }
  }
  if (Symbol.dispose) Key.prototype[Symbol.dispose] = Key.prototype.free;

  /**
   * Calls `work` with the number of the key, whose credentials must not end before `end` (in seconds, or a function that
   * finds it out when it matters). Credentials that are no key are kept for this call.
   */
  const holding = (who, end, work) => {
    const inner = inside(who);
    if (inner === undefined) {
      if (typeof who?.free === 'function') fail('key-foreign', 'the key is of another entry');
      const key = new Key(who);
      try {
        return holding(key, end, work);
      } finally {
        key.free();
      }
    }
    if (inner.number === undefined) fail('key-freed', 'the key was freed');
    if (inner.end !== undefined) {
      const last = (typeof end === 'number' ? end : end()) * 1000;
      if (inner.end < last) fail('credentials-expire-first', `the credentials end at ${new Date(inner.end).toISOString()}, before what they sign, at ${new Date(last).toISOString()}`);
    }
    return work(inner.number, inner.isTemporary);
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
const needed = (code, about) => (code === 'terms-missing' ? `${about} is needed` : undefined);
const refused = (code, about) =>
  ({
    'life-out-of-range': 'the vendor takes no such life; V4 signatures live for a week at most',
    'already-signed': `the request is signed already, in ${about}`,
    'param-taken': `the URL has ${about} already, which signing adds`,
    'url-unusable': 'the URL is no HTTP or HTTPS URL',
  })[code] ?? needed(code, about);

/** The fields of an answer; `message` says what its errors mean. */
const answered = (reply, message) => {
  const [code, ...fields] = reply.split('\0');
  return code === '' ? fields : fail(code, message(code, fields[0]) ?? `a fault of the package (${fields[0]})`);
};

export const rfc3339 = (second) => new Date(second * 1000).toISOString().replace('.000Z', 'Z');

/** The clock and the end of what is signed, in seconds. */
export const span = (options, usual) => {
  const { at, expiresIn } = object(options, 'options');
  const now = seconds(at, 'at');
  const life = expiresIn === undefined && usual !== undefined ? usual : count(expiresIn, 'expiresIn') || bad('expiresIn', 'above 0');
  return [now, milliseconds((now + life) * 1000, 'expiresIn') / 1000, life];
};

/** When a ready policy ends, in seconds, where that can be read; otherwise `end`. */
export const ends = (policy, end) => {
  try {
    const { deadline, expiration } = JSON.parse(policy);
    const found = typeof deadline === 'number' ? deadline : Date.parse(expiration) / 1000;
    return Math.abs(found) < 25e10 ? found : end;
  } catch {
    return end;
  }
};

/** Escapes all but what no vendor escapes. */
export const escaped = (value) =>
  encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** Where the bucket stands, as the WebAssembly calls it; `virtual` and `custom` are the words of the command. */
export const placed = (addressing) => {
  const [, path, custom] = /^(?:(path)|(custom)(?:-domain)?|virtual(?:-host)?)$/.exec(text(addressing ?? 'virtual', 'addressing')) ?? bad('addressing', '`virtual-host`, `path` or `custom-domain`');
  return custom ? 'custom-domain' : (path ?? '');
};

/** Origin and path of a bucket; `host` is the vendor's public endpoint of the region. */
export const bucketUrl = ({ bucket, endpoint, addressing, region }, host) => {
  const given = endpoint ?? host(text(region || fail('terms-missing', 'the region or the endpoint is needed'), 'region'));
  const [, scheme = 'https://', authority] = /^(https?:\/\/)?([^/?#]+)\/?$/i.exec(text(given, 'endpoint')) ?? bad('endpoint', 'a host or origin');
  const place = placed(addressing);
  if (place === 'custom-domain') return `${scheme}${authority}/`;
  const name = escaped(filled(bucket, 'bucket'));
  return place ? `${scheme}${authority}/${name}/` : `${scheme}${name}.${authority}/`;
};

/** The URL of an object with its parameters. Without a member `key` it is the bucket's; a key that is empty is a mistake. */
export const objectUrl = (target, query, host, spelled = (path) => path) => {
  const key = target.url === undefined && 'key' in target ? filled(target.key, 'key') : '';
  let url = target.url === undefined ? bucketUrl(target, host) + spelled(`/${key.split('/').map(escaped).join('/')}`).slice(1) : text(String(target.url), 'url');
  if (/[\t\n\r]|^[^?#]*[/\\](\.|%2e){1,2}([/\\?#]|$)/i.test(url)) {
    // `fetch` drops the first and resolves the rest, escaped or not.
    bad(target.url === undefined ? 'key' : 'url', 'without line breaks, tabs, and `.` or `..` between slashes: `fetch` would ask for another object');
  }
  for (const [name, value] of pairs(query, 'query')) {
    url += `${url.includes('?') ? '&' : '?'}${escaped(name)}${value === '' ? '' : `=${escaped(value)}`}`;
  }
  return url;
};

/** A method in capitals, as `fetch` sends most of them however they are given. */
const verb = (method) => (/^[a-z]+$/i.test(text(method, 'method')) ? method.toUpperCase() : bad('method', 'a word such as `PUT`'));

/** Signs a request with a scheme of the WebAssembly. Where there is `end`, the answer has `expiresAt`. */
export const request = (lib, scheme, options, who, { end, life, now, host, spelled, scope = options.region ?? '', method: given, headers, query, body, payload }) =>
  lib.holding(who, end ?? now, (key) => {
    const method = verb(given);
    const url = objectUrl(options, query, host, spelled);
    const own = pairs(headers, 'headers');
    // A line break would begin another line of the signed text, and of headers of one name `fetch` is given but one.
    if (own.flat().some((part) => /[\r\n]/.test(part))) bad('headers', 'without line breaks');
    if (new Set(own.map(([name]) => name.toLowerCase())).size < own.length) bad('headers', 'of different names');
    const only = list(options.signedHeaders, 'signedHeaders').map((name) => text(name, 'signedHeaders').toLowerCase());
    const service = ofScope(options.service ?? '', 'service');
    const bucket = text(options.bucket ?? '', 'bucket');
    const fields = [scheme, method, url, ofScope(scope, 'region'), service, bucket, placed(options.addressing), payload, only.join(';'), ...own.flat()];
    const bodyLength = body?.length ?? 0;
    const question = lib.write(fields.join('\0'), 0, bodyLength);
    if (bodyLength > 0) lib.writeBytes(body, question);
    const [signed, ...added] = answered(lib.read(lib.wasm.sign(key, question, bodyLength, now, life ?? -1)), refused);
    const all = Object.fromEntries(own);
    for (let at = 0; at < added.length; at += 2) all[added[at]] = added[at + 1];
    const result = { scheme, method, url: signed, headers: all };
    if (end !== undefined) result.expiresAt = rfc3339(end);
    return result;
  });

/** `presign`, `sign` and `presignMultipart` of a vendor; `of` gives scheme ids and hosts. */
export const requests = (lib, of) => {
  const presign = (options, who) => {
    const [now, end, life] = span(options);
    const { scheme, host, spelled, scope, payload = '' } = of(options, true);
    const { method = 'GET', headers, query } = options;
    return request(lib, scheme, options, who, { now, end, life, host, spelled, scope, method, headers, query, payload });
  };
  const sign = (options, who) => {
    const { scheme, host, spelled, scope, lives, dated, unsigned = 'body' } = of(object(options, 'options'), false);
    const [now, end, life] = span(options, lives ?? 0);
    const { method, query } = options;
    const headers = pairs(options.headers, 'headers');
    // Pages cannot send `Date`, and see to `Host` themselves.
    if (dated && !headers.some(([name]) => [dated, 'date'].includes(name.toLowerCase()))) headers.push([dated, new Date(now * 1000).toUTCString()]);
    const body = options.body === undefined ? undefined : bytes(options.body, 'body');
    const payload = body === undefined ? unsigned : 'body';
    return request(lib, scheme, options, who, { now, end: lives ? end : undefined, life: lives ? life : undefined, host, spelled, scope, method, headers, query, body, payload });
  };
  const presignMultipart = (options, who) => {
    const { uploadId, partNumbers, headers, ...target } = object(options, 'options');
    const ofCreate = pairs(headers, 'headers');
    const part = (method, query, own) => presign({ ...target, method, query, headers: own }, who);
    if (uploadId === undefined) return { create: part('POST', { uploads: '' }, ofCreate), parts: [] };
    filled(uploadId, 'uploadId');
    return {
      parts: list(partNumbers, 'partNumbers').map((partNumber) => ({
        partNumber: count(partNumber, 'partNumbers') - 1 < 10_000 && partNumber ? partNumber : bad('partNumbers', 'numbers from 1 to 10000'),
        request: part('PUT', { partNumber, uploadId }),
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
  const { scheme, host, exact, lives } = of(options);
  const { region = '', key: only, keyPrefix, minSize, maxSize, contentType, fields, policy } = options;
  // Of a ready policy, what it demands is the caller's to send.
  const ready = () => [[], [...(only === undefined ? [] : [['key', text(only, 'key')]]), ...pairs(fields, 'fields')]];
  const [conditions, sent] = policy === undefined ? allowed(provider, exact, options) : ready();
  const own = policy === undefined ? end : ends(policy, end);
  // A signature that has a life of its own may end before the policy does.
  const until = lives ? Math.min(own, end) : own;
  return lib.holding(who, Math.max(now, until), (key) => {
    /** The policy in Base64 and the fields of its signature. */
    const signed = (json) => {
      const question = lib.write([scheme, ofScope(region, 'region'), text(json, 'policy')].join('\0'));
      const added = answered(lib.read(lib.wasm.form(key, question, now, end - now)), needed);
      return Array.from({ length: added.length / 2 }, (_, at) => [added[2 * at], added[2 * at + 1]]);
    };
    const finished = () => {
      const [, ...signing] = signed('{}');
      return JSON.stringify({ expiration: rfc3339(end).replace('Z', '.000Z'), conditions: [...conditions, ...ofSignature(signing, conditions)] });
    };
    const carrying = signed(policy ?? finished());
    const limits = known({ key: only, keyPrefix, minSize, maxSize, contentType });
    return { provider, scheme, method: 'POST', url: bucketUrl(options, host), fields: [...sent, ...carrying], fileField: 'file', expiresAt: rfc3339(until), limits };
  });
};

/** The members that are there. */
export const known = (members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
