// What `fetch` makes of signed requests: each is sent to a listener, and verified as it arrived.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { cos, init, ks3, oss, s3, toFetch } from 'countersign';
import { init as initExplain, verify } from 'countersign/explain';

await Promise.all([init(), initExplain()]);

const SECRET = 'madeUpSecretOnlyForThisExample';
const CREDENTIALS = { accessKeyId: 'CSIDEXAMPLE0001', secretAccessKey: SECRET };

let listener;
let endpoint;
let arrived;
before(async () => {
  listener = createServer((request, response) => {
    // COS signs the host alone, without the port of this listener.
    const sent = (name, value) => `${name}: ${name.toLowerCase() === 'host' && request.url.includes('cos') ? value.split(':')[0] : value}\r\n`;
    const headers = Array.from({ length: request.rawHeaders.length / 2 }, (_, at) => sent(request.rawHeaders[2 * at], request.rawHeaders[2 * at + 1]));
    const body = [];
    request.on('data', (chunk) => body.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(body);
      arrived = { type: request.headers['content-type'], body: bytes.toString(), raw: Buffer.concat([Buffer.from(`${request.method} ${request.url} HTTP/1.1\r\n${headers.join('')}\r\n`), bytes]) };
      response.end();
    });
  });
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${listener.address().port}`;
});
after(() => {
  listener.closeAllConnections();
  listener.close();
});

const VERSIONS = [
  [oss, 'oss-v4', { region: 'cn-hangzhou' }],
  [oss, 'oss-v1', { region: 'cn-hangzhou', version: 'v1' }],
  [ks3, 'ks3-v2', {}],
  [ks3, 'ks3-v4', { region: 'BEIJING', version: 'v4' }],
  [cos, 'cos-xml', {}],
  [s3, 's3-v4', { region: 'us-east-1' }],
];
const BODIES = {
  file: new File(['abc'], 'a.png', { type: 'image/png' }),
  text: 'abc',
  parameters: new URLSearchParams('abc'),
  bytes: new TextEncoder().encode('abc'),
};

const isVerified = (scheme, target) => {
  const { report } = verify({ input: arrived.raw, scheme, bucket: target.bucket, region: target.region, addressing: 'custom-domain', secrets: [SECRET] });
  assert.equal(report.verdict, 'valid', `${scheme}, with the type ${arrived.type}`);
};

for (const [vendor, family, more] of VERSIONS) {
  test(`a body is sent with the type that ${family} signed, and without one where none was`, async () => {
    const target = { bucket: 'photos-1250000000', endpoint, addressing: 'custom-domain', key: `${family}.png`, expiresIn: 600, ...more };
    const upload = { ...target, method: 'PUT' };
    for (const [kind, body] of Object.entries(BODIES)) {
      for (const [scheme, request] of [
        [`${family}-url`, vendor.presign(upload, CREDENTIALS)],
        [`${family}-header`, vendor.sign({ ...upload, body: kind === 'parameters' ? 'abc=' : 'abc' }, CREDENTIALS)],
        [`${family}-url`, vendor.presignMultipart({ ...target, uploadId: 'u', partNumbers: [1] }, CREDENTIALS).parts[0].request],
        [`${family}-url`, vendor.presignMultipart({ ...target, uploadId: 'u' }, CREDENTIALS).complete],
      ]) {
        await fetch(...toFetch(request, body));
        assert.deepEqual([arrived.type, arrived.body.replace(/=$/, '')], [undefined, 'abc'], kind);
        isVerified(scheme, target);
      }
    }
    await fetch(...toFetch(vendor.presign({ ...upload, headers: { 'content-type': 'image/webp' } }, CREDENTIALS), BODIES.file));
    assert.equal(arrived.type, 'image/webp');
    isVerified(`${family}-url`, target);
  });
}
