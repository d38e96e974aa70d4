// The edge worker, in workerd, as its configuration starts it.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { freePort, start, wasm } from './support.mjs';

const ORIGIN = 'https://app.example.com';
const TOKEN = 'madeUpBearerTokenOfEric';

let worker;
let address;
const serve = async (environment = {}) => {
  const port = await freePort();
  const running = await start(
    join(wasm, 'node_modules/.bin/workerd'),
    ['serve', join(wasm, 'worker/config.capnp'), '--socket-addr', `http=127.0.0.1:${port}`],
    `http://127.0.0.1:${port}/`,
    {
      env: {
        ...process.env,
        ACCESS_KEY_ID: 'CSIDEXAMPLE0001',
        SECRET_ACCESS_KEY: 'madeUpSecretOnlyForThisExample',
        UPLOAD_USERS: JSON.stringify({ eric: TOKEN, anna: 'madeUpBearerTokenOfAnna' }),
        ...environment,
      },
    },
  );
  return { ...running, address: `http://127.0.0.1:${port}` };
};

before(async () => {
  worker = await serve();
  address = worker.address;
});
after(() => worker?.stop());

const ask = (path, body, headers = {}) =>
  fetch(`${address}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

test('a form is for the user who asks, and no longer and larger than the policy says', async () => {
  const answer = await ask('/form', { size: 48_000, type: 'image/jpeg' });
  assert.equal(answer.status, 200);
  const form = await answer.json();
  const fields = Object.fromEntries(form.fields);
  assert.equal(form.url, 'https://photos.s3.us-east-1.amazonaws.com/');
  assert.match(fields.key, /^uploads\/eric\/\d{4}-\d\d-\d\d\/\$\{filename\}$/);
  const policy = JSON.parse(atob(fields.policy));
  const life = Date.parse(policy.expiration) - Date.now();
  assert.ok(life > 890_000 && life <= 900_000, String(life));
  assert.ok(policy.conditions.some((one) => JSON.stringify(one) === '["content-length-range",1,10485760]'));
  assert.match(fields['x-amz-signature'], /^[0-9a-f]{64}$/);
});

test('an upload the policy does not allow is refused before it is sent', async () => {
  const answer = await ask('/form', { size: 48_000, type: 'text/html' });
  assert.deepEqual([answer.status, (await answer.json()).code], [422, 'type-not-allowed']);
  const large = await ask('/form', { size: 10_485_761, type: 'image/png' });
  assert.deepEqual([large.status, (await large.json()).code], [422, 'too-large']);
});

test('without a bearer token of the service there is nothing', async () => {
  for (const authorization of ['', 'Bearer wrong', `Basic ${TOKEN}`, 'Bearer']) {
    const answer = await ask('/form', {}, { authorization });
    assert.deepEqual([answer.status, (await answer.json()).code], [401, 'unauthorised'], authorization);
  }
});

test('only pages of the origins that are allowed can ask', async () => {
  const own = await ask('/form', {}, { origin: ORIGIN });
  assert.equal(own.headers.get('access-control-allow-origin'), ORIGIN);
  const other = await ask('/form', {}, { origin: 'https://app.example.com.evil.example' });
  assert.deepEqual([other.status, other.headers.get('access-control-allow-origin')], [403, null]);
  const preflight = await fetch(`${address}/form`, { method: 'OPTIONS', headers: { origin: ORIGIN, 'access-control-request-method': 'POST' } });
  assert.equal(preflight.headers.get('access-control-allow-headers'), 'authorization, content-type');
});

test('parts are signed below the prefix of the user alone', async () => {
  const date = new Date().toISOString().slice(0, 10);
  const parts = await (await ask('/multipart', { key: `uploads/eric/${date}/film.mp4`, uploadId: 'made-up', partNumbers: [1, 2] })).json();
  assert.deepEqual(parts.parts.map(({ partNumber }) => partNumber), [1, 2]);
  assert.match(parts.parts[1].request.url, /[?&]partNumber=2&uploadId=made-up&.*X-Amz-Signature=[0-9a-f]{64}$/);
  for (const key of [`uploads/anna/${date}/film.mp4`, `uploads/eric/${date}/../../anna/film.mp4`]) {
    assert.equal((await ask('/multipart', { key, uploadId: 'made-up', partNumbers: [1] })).status, 403, key);
  }
});

test('what is no request of ours is answered in a sentence', async () => {
  assert.equal((await ask('/form', 'no JSON')).status, 400);
  assert.equal((await ask('/form', 'null')).status, 400);
  assert.equal((await ask('/form', JSON.stringify('x'.repeat(20_000)))).status, 413);
  assert.equal((await fetch(`${address}/form`)).status, 405);
  assert.equal((await fetch(`${address}/other`)).status, 404);
});

test('credentials that end before the form would are not used, and the secret is in no answer', async () => {
  const short = await serve({ SESSION_TOKEN: 'madeUpSessionToken', EXPIRATION: new Date(Date.now() + 60_000).toISOString() });
  try {
    const answer = await fetch(`${short.address}/form`, { method: 'POST', headers: { authorization: `Bearer ${TOKEN}` }, body: '{}' });
    const text = await answer.text();
    assert.deepEqual([answer.status, JSON.parse(text).code], [503, 'credentials-expire-first']);
    assert.ok(!text.includes('madeUpSecret'));
    assert.equal(short.said(), '');
  } finally {
    await short.stop();
  }
});
