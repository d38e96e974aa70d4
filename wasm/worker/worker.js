// Issues upload forms and tokens at the edge. The long-lived secret is a binding of the worker: pages never see it.
//
//   POST /form       {"name": "cat.jpg", "size": 48000, "type": "image/jpeg"}   an upload form, or for Kodo a form with a token
//   POST /multipart  {"key": ..., "size": 48000000, "type": "video/mp4"}        the request that begins an upload in parts
//   POST /multipart  {"key": ..., "size": 48000000, "uploadId": ..., "partNumbers": [1, 2]}   those that go on with it
//
// The answer for an upload in parts has `partSize`, and for each part the `size` it must have. What the policy limits is signed: the
// type with the request that begins it, the size with each part, so that all parts together are no larger than `maxSize`. KS3 signs
// no size: uploads in parts to KS3 are refused where the policy has `maxSize`. Nothing can enforce `minSize`: whoever completes the
// upload may leave parts out.
//
// Both want `Authorization: Bearer ...`, and answer pages of the origins that are allowed, nobody else's.

import { CountersignError, Key, checkFile, cos, initSync, kodo, ks3, oss, s3 } from 'countersign';
import wasm from 'countersign.wasm';

initSync(wasm);

const VENDORS = { cos, kodo, ks3, oss, s3 };
const MAX_BODY = 16 * 1024;
/** The most parts of an upload. */
const MAX_PARTS = 10_000;

/** One key for the life of the worker. */
let key;
const keyOf = (env) =>
  (key ??= new Key({
    accessKeyId: env.ACCESS_KEY_ID,
    secretAccessKey: env.SECRET_ACCESS_KEY,
    ...(env.SESSION_TOKEN ? { sessionToken: env.SESSION_TOKEN } : {}),
    ...(env.EXPIRATION ? { expiration: env.EXPIRATION } : {}),
  }));

class Refused extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const demand = (isRight, message) => {
  if (!isRight) throw new Refused(400, 'bad-request', message);
};
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
/** A string that can be signed. A line break in a signed value would begin another line of the signed text. */
const isText = (value) => typeof value === 'string' && !/[\0-\x1f\x7f\p{Cs}]/u.test(value);

const digest = async (text) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));

let users;
const usersOf = (env) => (users ??= JSON.parse(env.USERS_JSON));

/** Whose bearer token it is. All are looked at, and each takes the same time. */
const userOf = async (request, env) => {
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  const own = await digest(given ?? '');
  let user;
  for (const [name, token] of Object.entries(usersOf(env))) {
    if (crypto.subtle.timingSafeEqual(own, await digest(token)) && given !== undefined) user = name;
  }
  if (user === undefined) throw new Refused(401, 'unauthorised', 'a bearer token of this service is needed');
  return user;
};

const read = async (request) => {
  const length = Number(request.headers.get('content-length') ?? NaN);
  if (!(length <= MAX_BODY)) throw new Refused(413, 'too-large', `the request needs a length of at most ${MAX_BODY} bytes`);
  try {
    const asked = await request.json();
    if (asked !== null && typeof asked === 'object' && !Array.isArray(asked)) return asked;
  } catch {
    // Answered below.
  }
  throw new Refused(400, 'bad-request', 'the body must be a JSON object');
};

/** Where a user's uploads of today go. */
const prefixOf = ({ prefix }, user, now) => prefix.replaceAll('{user}', user).replaceAll('{date}', now.toISOString().slice(0, 10));

const demandFile = ({ size, type }) => {
  demand(size === undefined || isCount(size), '`size` must be a whole number');
  demand(type === undefined || isText(type), '`type` must be a string');
};

/** Refuses now what would be refused later. */
const check = (form, { size, type = '' }) => {
  const [problem] = checkFile(form, { size, type });
  if (problem) throw new Refused(422, problem.code, `the upload is not allowed: ${problem.code}, allowed is ${problem.allowed}`);
};

const form = (env, user, asked) => {
  demandFile(asked);
  const { provider, bucket, region, endpoint, addressing, expiresIn, minSize, maxSize, contentType } = env.POLICY;
  const place = { bucket, region, endpoint, addressing };
  const keyPrefix = prefixOf(env.POLICY, user, new Date());
  const made =
    provider === 'kodo'
      ? kodo.uploadForm({ bucket, region, endpoint, keyPrefix, expiresIn, insertOnly: true, fsizeMin: minSize, fsizeLimit: maxSize, mimeLimit: contentType }, keyOf(env))
      : VENDORS[provider].uploadForm({ ...place, keyPrefix, expiresIn, minSize, maxSize, contentType, successStatus: 204 }, keyOf(env));
  if (asked.size !== undefined) check(made, asked);
  return made;
};

const multipart = (env, user, asked) => {
  const { key: object, size, type = '', uploadId, partNumbers = [] } = asked;
  const { provider, bucket, region, endpoint, addressing, expiresIn, minSize, maxSize, contentType } = env.POLICY;
  const vendor = VENDORS[provider];
  demand(vendor.presignMultipart !== undefined, 'uploads in parts to Kodo need the token of the form');
  demandFile(asked);
  demand(isText(object), '`key` must be a string');
  demand(uploadId === undefined || (isText(uploadId) && uploadId !== ''), '`uploadId` must be a string that is not empty');
  demand(Array.isArray(partNumbers) && partNumbers.length <= 1000, 'at most 1000 parts at once');
  demand(partNumbers.every((number) => isCount(number) && number > 0 && number <= MAX_PARTS), `\`partNumbers\` are from 1 to ${MAX_PARTS}`);
  if (!object.startsWith(prefixOf(env.POLICY, user, new Date())) || object.split('/').some((part) => part === '..' || part === '.')) {
    throw new Refused(403, 'key-not-allowed', 'the key is not below the prefix of this user');
  }
  const isSized = minSize !== undefined || maxSize !== undefined;
  if (maxSize !== undefined && provider === 'ks3') throw new Refused(403, 'parts-not-allowed', 'KS3 signs no size of parts: an upload whose size is limited needs a form');
  demand(!isSized || size !== undefined, '`size` is needed, for the policy limits it');
  // The type is that of the request which begins the upload.
  const limits = { ...(isSized ? { minSize, maxSize } : {}), ...(uploadId === undefined ? { contentType } : {}) };
  check({ limits, expiresAt: new Date(Date.now() + expiresIn * 1000) }, { size: size ?? 0, type });
  const target = { bucket, region, endpoint, addressing, key: object, expiresIn };
  const headers = contentType === undefined ? {} : { 'Content-Type': type };
  const made = vendor.presignMultipart(uploadId === undefined ? { ...target, headers } : { ...target, uploadId }, keyOf(env));
  // The size of a part depends on its number alone, but for the last: parts of two requests never add up to more than is allowed.
  const partSize = Math.max(8 << 20, Math.ceil((maxSize ?? size ?? 0) / MAX_PARTS));
  const part = (partNumber) => {
    if (size === undefined) return { partNumber, request: signedPart(vendor, target, { partNumber, uploadId }, undefined, env) };
    const length = Math.min(partSize, size - (partNumber - 1) * partSize);
    demand(length > 0 || (size === 0 && partNumber === 1), `the upload has no part ${partNumber}`);
    return { partNumber, size: length, request: signedPart(vendor, target, { partNumber, uploadId }, length, env) };
  };
  return { ...made, partSize, parts: uploadId === undefined ? [] : partNumbers.map(part) };
};

/** A part, held to its length where there is one. Browsers send the length themselves, and let no page write it. */
const signedPart = (vendor, target, query, length, env) => {
  const options = { ...target, method: 'PUT', query };
  if (length === undefined || vendor === ks3) return vendor.presign(options, keyOf(env));
  return { ...vendor.presign({ ...options, headers: { 'Content-Length': length }, signedHeaders: ['host', 'content-length'] }, keyOf(env)), headers: {} };
};

const ROUTES = { '/form': form, '/multipart': multipart };

/** The headers that let a page of an allowed origin read the answer. */
const cors = (request, env) => {
  const origin = request.headers.get('origin');
  const allowed = origin !== null && env.ORIGINS.includes(origin);
  return { vary: 'Origin', ...(allowed ? { 'access-control-allow-origin': origin } : {}) };
};

export default {
  async fetch(request, env) {
    const headers = { ...cors(request, env), 'cache-control': 'no-store' };
    const route = ROUTES[new URL(request.url).pathname];
    try {
      if (route === undefined) throw new Refused(404, 'not-found', 'there are `/form` and `/multipart`');
      if (request.method === 'OPTIONS') {
        const preflight = { 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'authorization, content-type', 'access-control-max-age': '600' };
        return new Response(null, { status: 204, headers: { ...headers, ...preflight } });
      }
      if (request.method !== 'POST') throw new Refused(405, 'method-not-allowed', 'expected POST');
      if (request.headers.get('origin') !== null && !('access-control-allow-origin' in headers)) {
        throw new Refused(403, 'origin-not-allowed', 'pages of this origin may not ask');
      }
      const user = await userOf(request, env);
      return Response.json(route(env, user, await read(request)), { headers });
    } catch (error) {
      if (error instanceof Refused) return Response.json({ code: error.code, message: error.message }, { status: error.status, headers });
      if (error instanceof CountersignError && error.code === 'credentials-expire-first') {
        return Response.json({ code: error.code, message: error.message }, { status: 503, headers });
      }
      // What else goes wrong is the configuration's fault, and nobody else's business.
      return Response.json({ code: 'misconfigured', message: 'the service cannot sign' }, { status: 500, headers });
    }
  },
};
