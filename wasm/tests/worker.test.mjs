// The edge worker, in workerd, as its configuration starts it.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { init, verify } from 'countersign/explain';
import { freePort, start, wasm } from './support.mjs';

const ORIGIN = 'https://app.example.com';
const TOKEN = 'madeUpBearerTokenOfEric';

let worker;
let address;
const serve = async (environment = {}, folder = join(wasm, 'worker')) => {
  const port = await freePort();
  const running = await start(
    join(wasm, 'node_modules/.bin/workerd'),
    ['serve', join(folder, 'config.capnp'), '--socket-addr', `http=127.0.0.1:${port}`],
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

/** The worker with another policy, in a folder of its own. */
const withPolicy = (name, policy) => {
  const folder = join(wasm, 'build', `worker-${name}`);
  mkdirSync(folder, { recursive: true });
  for (const file of ['worker.js', 'origins.json']) cpSync(join(wasm, 'worker', file), join(folder, file));
  writeFileSync(join(folder, 'config.capnp'), readFileSync(join(wasm, 'worker/config.capnp'), 'utf8').replaceAll('"../pkg', '"../../pkg'));
  writeFileSync(join(folder, 'policy.json'), JSON.stringify({ ...JSON.parse(readFileSync(join(wasm, 'worker/policy.json'), 'utf8')), ...policy }));
  return serve({}, folder);
};

const ask = (path, body, headers = {}, at = address) =>
  fetch(`${at}${path}`, {
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
  const parts = await (await ask('/multipart', { key: `uploads/eric/${date}/film.mp4`, size: 10_485_760, uploadId: 'made-up', partNumbers: [1, 2] })).json();
  assert.deepEqual(parts.parts.map(({ partNumber }) => partNumber), [1, 2]);
  assert.match(parts.parts[1].request.url, /[?&]partNumber=2&uploadId=made-up&.*X-Amz-Signature=[0-9a-f]{64}$/);
  for (const key of [`uploads/anna/${date}/film.mp4`, `uploads/eric/${date}/../../anna/film.mp4`]) {
    assert.equal((await ask('/multipart', { key, uploadId: 'made-up', partNumbers: [1] })).status, 403, key);
  }
});

const PLACES = {
  s3: {},
  oss: { provider: 'oss', region: 'cn-hangzhou' },
  cos: { provider: 'cos', bucket: 'photos-1250000000', region: 'ap-guangzhou' },
};
for (const [provider, place] of Object.entries(PLACES)) {
  test(`an upload in parts to ${provider} is held to the size and the type of the policy`, async () => {
    await init();
    const own = await withPolicy(provider, place);
    try {
      const key = `uploads/eric/${new Date().toISOString().slice(0, 10)}/cat.png`;
      const multipart = async (asked) => {
        const answer = await ask('/multipart', { key, ...asked }, {}, own.address);
        return [answer.status, await answer.json()];
      };
      const verdict = ({ method, url, headers }, sent) => {
        const { host, pathname, search } = new URL(url);
        const lines = Object.entries({ Host: host, ...headers, ...sent }).map(([name, value]) => `${name}: ${value}\r\n`);
        return verify({ input: `${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`, secrets: ['madeUpSecretOnlyForThisExample'], bucket: place.bucket ?? 'photos', region: place.region ?? 'us-east-1' }).report.verdict;
      };
      const [, { create, partSize }] = await multipart({ size: 10_000_000, type: 'image/png' });
      assert.deepEqual([create.headers, partSize], [{ 'Content-Type': 'image/png' }, 8 << 20]);
      assert.equal(verdict(create, {}), 'valid');
      assert.notEqual(verdict(create, { 'Content-Type': 'text/html' }), 'valid');
      const [, { parts, complete }] = await multipart({ size: 10_000_000, uploadId: 'u', partNumbers: [1, 2] });
      assert.deepEqual(parts.map(({ size }) => size), [8 << 20, 10_000_000 - (8 << 20)]);
      for (const { request, size } of parts) {
        assert.equal(verdict(request, { 'Content-Length': size }), 'valid');
        assert.notEqual(verdict(request, { 'Content-Length': size + 1 }), 'valid');
      }
      assert.match(complete.url, /uploadId=u/);
      for (const [asked, status, code] of [
        [{ size: 10_485_761, type: 'image/png' }, 422, 'too-large'],
        [{ size: 10_485_761, uploadId: 'u', partNumbers: [1] }, 422, 'too-large'],
        [{ size: 0, type: 'image/png' }, 422, 'too-small'],
        [{ size: 5, type: 'text/html' }, 422, 'type-not-allowed'],
        [{ size: 5 }, 422, 'type-not-allowed'],
        [{ type: 'image/png' }, 400, 'bad-request'],
        [{ uploadId: 'u', partNumbers: [1] }, 400, 'bad-request'],
        [{ size: 10_000_000, uploadId: 'u', partNumbers: [3] }, 400, 'bad-request'],
      ]) assert.deepEqual([(await multipart(asked))].map(([found, answer]) => [found, answer.code]), [[status, code]], JSON.stringify(asked));
    } finally {
      await own.stop();
    }
  });
}

test('KS3, which signs no size of parts, gets forms alone where the size is limited', async () => {
  const own = await withPolicy('ks3', { provider: 'ks3', region: 'BEIJING' });
  try {
    const key = `uploads/eric/${new Date().toISOString().slice(0, 10)}/cat.png`;
    const answer = await ask('/multipart', { key, size: 5, type: 'image/png' }, {}, own.address);
    assert.deepEqual([answer.status, (await answer.json()).code], [403, 'parts-not-allowed']);
    const form = await (await ask('/form', { size: 10_485_760, type: 'image/png' }, {}, own.address)).json();
    assert.equal(form.url, 'https://photos.ks3-cn-beijing.ksyuncs.com/');
  } finally {
    await own.stop();
  }
});

test('what the asker does wrong is not the configuration’s fault', async () => {
  const key = `uploads/eric/${new Date().toISOString().slice(0, 10)}/cat.png`;
  const parts = { key, size: 5, uploadId: 'u', partNumbers: [1] };
  for (const body of [
    ...[['x'], [-1], [0], [1.5], [10_001], 5, 'x', null].map((partNumbers) => ({ ...parts, partNumbers })),
    ...[null, '', 5, '\ud800'].map((uploadId) => ({ ...parts, uploadId })),
    ...[`${key}\0`, `${key}\ud800`, 5, null].map((wrong) => ({ ...parts, key: wrong })),
    ...['5', -1, 1.5, null].map((size) => ({ ...parts, size })),
    ...[5, 'image/png\nx', 'image/png\r\nx'].map((type) => ({ ...parts, type })),
  ]) {
    const answer = await ask('/multipart', body);
    assert.deepEqual([answer.status, (await answer.json()).code], [400, 'bad-request'], JSON.stringify(body));
  }
  for (const body of [{ size: 4, type: 5 }, { size: 'x' }, { size: -1 }, { size: null }, { size: 4, type: null }, []]) {
    const answer = await ask('/form', body);
    assert.deepEqual([answer.status, (await answer.json()).code], [400, 'bad-request'], JSON.stringify(body));
  }
  assert.equal((await ask('/multipart', [])).status, 400);
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
