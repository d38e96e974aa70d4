// Measures signing in the page: rounds of every candidate in turn, so that what slows the machine slows all of them.

import * as countersign from 'countersign/kodo';
import * as ours from 'countersign';
import { AwsClient } from 'aws4fetch';
import OSS from 'ali-oss/dist/aliyun-oss-sdk.min.js';
import COS from 'cos-js-sdk-v5';
import { urlSafeBase64Encode } from 'qiniu-js';
import TinyOss from 'tiny-oss';

const SECRET = 'madeUpSecretOnlyForThisExample';
const CREDENTIALS = { accessKeyId: 'CSIDEXAMPLE0001', secretAccessKey: SECRET };
const AT = Date.parse('2026-03-14T15:09:26Z');

/** Microseconds a call takes, in the fastest of many short rounds: what else the machine did is not the signer's. */
const measure = async (candidates, rounds = 200) => {
  const counts = {};
  for (const [name, { run, isAsync }] of Object.entries(candidates)) {
    // Warm first: a function is compiled when it was called often.
    for (let at = 0; at < 2000; at += 1) isAsync ? await run(at) : run(at);
    let count = 16;
    for (;;) {
      const begun = performance.now();
      for (let at = 0; at < count; at += 1) isAsync ? await run(at) : run(at);
      if (performance.now() - begun > 1) break;
      count *= 2;
    }
    counts[name] = count;
  }
  const times = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, { run, isAsync }] of Object.entries(candidates)) {
      const begun = performance.now();
      for (let at = 0; at < counts[name]; at += 1) isAsync ? await run(at) : run(at);
      times[name].push(((performance.now() - begun) * 1000) / counts[name]);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, Math.min(...all)]));
};

const base64 = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_');

const run = async () => {
  await Promise.all([countersign.init(), ours.init()]);
  const key = new countersign.Key(CREDENTIALS);
  const all = new ours.Key(CREDENTIALS);
  const policy = { bucket: 'photos', key: '2026/a.jpg', deadline: AT, fsizeLimit: 10485760, mimeLimit: 'image/*' };
  const json = '{"scope":"photos:2026/a.jpg","deadline":1773500966,"fsizeLimit":10485760,"mimeLimit":"image/*"}';
  const encoder = new TextEncoder();
  const hmac = await crypto.subtle.importKey('raw', encoder.encode(SECRET), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  const tokens = await measure({
    'countersign, ready policy': { run: () => countersign.uploadToken(json, key) },
    'countersign, policy from an object': { run: () => countersign.uploadToken(policy, key) },
    'crypto.subtle and btoa, ready policy': {
      isAsync: true,
      run: async () => {
        const encoded = base64(encoder.encode(json));
        return `CSIDEXAMPLE0001:${base64(new Uint8Array(await crypto.subtle.sign('HMAC', hmac, encoder.encode(encoded))))}:${encoded}`;
      },
    },
    // The vendor's SDK for pages makes no tokens: this is the first step of one, and no more.
    'qiniu-js, Base64 of a ready policy alone': { run: () => urlSafeBase64Encode(json) },
  });

  const aws = new AwsClient({ accessKeyId: 'CSIDEXAMPLE0001', secretAccessKey: SECRET, service: 's3', region: 'us-east-1' });
  const s3 = await measure({
    countersign: { run: () => ours.s3.presign({ bucket: 'photos', region: 'us-east-1', key: '2026/a b.jpg', expiresIn: 900 }, all) },
    aws4fetch: { isAsync: true, run: () => aws.sign('https://photos.s3.us-east-1.amazonaws.com/2026/a%20b.jpg?X-Amz-Expires=900', { aws: { signQuery: true } }) },
  });

  const cos = await measure({
    countersign: { run: () => ours.cos.authorization({ method: 'PUT', url: 'https://b-1250000000.cos.ap-guangzhou.myqcloud.com/2026/a.jpg' }, all) },
    'cos-js-sdk-v5': { run: () => COS.getAuthorization({ SecretId: 'CSIDEXAMPLE0001', SecretKey: SECRET, Method: 'PUT', Key: '2026/a.jpg', Headers: { host: 'b-1250000000.cos.ap-guangzhou.myqcloud.com' } }) },
  });

  const tiny = new TinyOss({ accessKeyId: 'CSIDEXAMPLE0001', accessKeySecret: SECRET, bucket: 'photos', region: 'oss-cn-hangzhou' });
  const ali = new OSS({ accessKeyId: 'CSIDEXAMPLE0001', accessKeySecret: SECRET, bucket: 'photos', region: 'oss-cn-hangzhou' });
  const oss = await measure({
    'countersign, V1': { run: () => ours.oss.presign({ bucket: 'photos', region: 'cn-hangzhou', key: '2026/a.jpg', expiresIn: 900, version: 'v1' }, all) },
    'countersign, V4': { run: () => ours.oss.presign({ bucket: 'photos', region: 'cn-hangzhou', key: '2026/a.jpg', expiresIn: 900 }, all) },
    'ali-oss, V1': { run: () => ali.signatureUrl('2026/a.jpg', { expires: 900 }) },
    'ali-oss, V4': { isAsync: true, run: () => ali.signatureUrlV4('GET', 900, undefined, '2026/a.jpg') },
    'tiny-oss, V1': { run: () => tiny.signatureUrl('2026/a.jpg', { expires: 900 }) },
  });
  return { 'Kodo upload token': tokens, 'S3 V4 signed URL': s3, 'COS Authorization': cos, 'OSS signed URL': oss };
};

run()
  .catch((error) => ({ failed: String(error.stack ?? error) }))
  .then((value) => {
    window.result = value;
    document.documentElement.dataset.done = 'yes';
  });
