// Issues upload forms and tokens at the edge. The long-lived secret is a binding of the worker: pages never see it.
//
//   POST /form       {"name": "cat.jpg", "size": 48000, "type": "image/jpeg"}   an upload form, or for Kodo a form with a token
//   POST /multipart  {"key": ..., "uploadId": ..., "partNumbers": [1, 2]}       signed requests for an upload in parts
//
// Both want `Authorization: Bearer ...`, and answer pages of the origins that are allowed, nobody else's.

import { CountersignError, Key, checkFile, cos, initSync, kodo, ks3, oss, s3 } from 'countersign';
import wasm from 'countersign.wasm';

initSync(wasm);

const VENDORS = { cos, kodo, ks3, oss, s3 };
const MAX_BODY = 16 * 1024;

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
    if (asked !== null && typeof asked === 'object') return asked;
  } catch {
    // Answered below.
  }
  throw new Refused(400, 'bad-request', 'the body must be a JSON object');
};

/** Where a user's uploads of today go. */
const prefixOf = ({ prefix }, user, now) => prefix.replaceAll('{user}', user).replaceAll('{date}', now.toISOString().slice(0, 10));

const form = (env, user, asked) => {
  const { provider, bucket, region, endpoint, addressing, expiresIn, minSize, maxSize, contentType } = env.POLICY;
  const place = { bucket, region, endpoint, addressing };
  const keyPrefix = prefixOf(env.POLICY, user, new Date());
  const made =
    provider === 'kodo'
      ? kodo.uploadForm({ bucket, region, endpoint, keyPrefix, expiresIn, insertOnly: true, fsizeMin: minSize, fsizeLimit: maxSize, mimeLimit: contentType }, keyOf(env))
      : VENDORS[provider].uploadForm({ ...place, keyPrefix, expiresIn, minSize, maxSize, contentType, successStatus: 204 }, keyOf(env));
  // What would be refused later is refused now.
  const [problem] = asked.size === undefined ? [] : checkFile(made, { size: asked.size, type: asked.type ?? '' });
  if (problem) throw new Refused(422, problem.code, `the upload is not allowed: ${problem.code}, allowed is ${problem.allowed}`);
  return made;
};

const multipart = (env, user, { key: object, uploadId, partNumbers = [] }) => {
  const { provider, bucket, region, endpoint, addressing, expiresIn } = env.POLICY;
  const presign = VENDORS[provider].presignMultipart;
  if (presign === undefined) throw new Refused(400, 'bad-request', 'uploads in parts to Kodo need the token of the form');
  if (typeof object !== 'string' || !object.startsWith(prefixOf(env.POLICY, user, new Date())) || object.split('/').some((part) => part === '..' || part === '.')) {
    throw new Refused(403, 'key-not-allowed', 'the key is not below the prefix of this user');
  }
  if (!Array.isArray(partNumbers) || partNumbers.length > 1000) throw new Refused(400, 'bad-request', 'at most 1000 parts at once');
  return presign({ bucket, region, endpoint, addressing, key: object, uploadId, partNumbers, expiresIn }, keyOf(env));
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
