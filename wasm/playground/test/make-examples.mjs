// Writes examples.js: requests with the mistakes people make, signed here by Node's own HMAC and not by what is tested.
//
//   node test/make-examples.mjs            writes it
//   node test/make-examples.mjs --check    says whether it is what would be written

import { createHash, createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const ID = 'CSIDEXAMPLE0001';
const SECRET = 'madeUpSecretOnlyForThisExample';
const AT = '2026-05-01T08:33:00Z';
const DATE = 'Fri, 01 May 2026 08:30:15 GMT';
const START = 1777624215;

const hmac = (hash, key, text, encoding) => createHmac(hash, key).update(text).digest(encoding);
const digest = (hash, text) => createHash(hash).update(text).digest('hex');
const safe = (base64) => base64.replaceAll('+', '-').replaceAll('/', '_');

// The client adds a type after signing.
const ossSignature = hmac('sha1', SECRET, `PUT\n\n\n${DATE}\nx-oss-meta-owner:alice\n/photos/2026/a b.jpg`, 'base64');
const oss = `PUT /2026/a%20b.jpg HTTP/1.1
Host: photos.oss-cn-hangzhou.aliyuncs.com
Date: ${DATE}
x-oss-meta-owner: alice
Authorization: OSS ${ID}:${ossSignature}
Content-Type: application/octet-stream
Content-Length: 8

made up
`;

// The path is signed as it stands in the URL; COS signs it decoded.
const keyTime = `${START};${START + 3600}`;
const cosText = (path, params = '') => `get\n${path}\n${params}\nhost=photos-1250000000.cos.ap-guangzhou.myqcloud.com\n`;
const cosUrl = (path, signedPath) => {
  const signKey = hmac('sha1', SECRET, keyTime, 'hex');
  const signature = hmac('sha1', signKey, `sha1\n${keyTime}\n${digest('sha1', cosText(signedPath))}\n`, 'hex');
  return `https://photos-1250000000.cos.ap-guangzhou.myqcloud.com${path}?q-sign-algorithm=sha1&q-ak=${ID}&q-sign-time=${keyTime}&q-key-time=${keyTime}&q-header-list=host&q-url-param-list=&q-signature=${signature}`;
};
const report = '/2026/%E6%8A%A5%E5%91%8A.pdf';
const cos = cosUrl(report, report);

// The secret was read from a file with the line end that `echo` writes.
const ks3Signature = hmac('sha1', `${SECRET}\n`, `PUT\n\nimage/jpeg\n${DATE}\n/photos/2026/harbour.jpg`, 'base64');
const ks3 = `curl -X PUT 'https://photos.ks3-cn-beijing.ksyuncs.com/2026/harbour.jpg' \\
  -H 'Date: ${DATE}' \\
  -H 'Content-Type: image/jpeg' \\
  -H 'Authorization: KSS ${ID}:${ks3Signature}' \\
  -T harbour.jpg
`;

// The policy was signed with blanks, as one library writes JSON, and sent without, as another does.
const put = { scope: 'photos:2026/harbour.jpg', deadline: START + 3600, returnBody: '{"key": $(key), "hash": $(etag)}' };
const compact = JSON.stringify(put);
const blanks = `{"scope": "${put.scope}", "deadline": ${put.deadline}, "returnBody": ${JSON.stringify(put.returnBody)}}`;
const encoded = (json) => safe(Buffer.from(json).toString('base64'));
const token = (signed, sent) => `${ID}:${safe(hmac('sha1', SECRET, encoded(signed), 'base64'))}:${encoded(sent)}`;
const kodo = `${token(blanks, compact)}\n`;

// The path is escaped twice before it is signed, as for other services.
const s3Time = '20260501T083015Z';
const scope = `${s3Time.slice(0, 8)}/us-east-1/s3/aws4_request`;
const s3Key = [s3Time.slice(0, 8), 'us-east-1', 's3', 'aws4_request'].reduce((key, word) => hmac('sha256', key, word), `AWS4${SECRET}`);
const s3Texts = (path) => {
  const canonical = `GET\n${path}\n\nhost:photos.s3.us-east-1.amazonaws.com\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:${s3Time}\n\nhost;x-amz-content-sha256;x-amz-date\nUNSIGNED-PAYLOAD`;
  return [canonical, `AWS4-HMAC-SHA256\n${s3Time}\n${scope}\n${digest('sha256', canonical)}`];
};
const s3Signature = (path) => hmac('sha256', s3Key, s3Texts(path)[1], 'hex');
const s3Authorization = (path) => `AWS4-HMAC-SHA256 Credential=${ID}/${scope}, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${s3Signature(path)}`;
const twice = '/2026/a%2520b.jpg';
const [canonical, stringToSign] = s3Texts('/2026/a%20b.jpg');
const s3 = `> GET /2026/a%20b.jpg HTTP/1.1
> Host: photos.s3.us-east-1.amazonaws.com
> User-Agent: curl/8.5.0
> Accept: */*
> x-amz-date: ${s3Time}
> x-amz-content-sha256: UNSIGNED-PAYLOAD
> Authorization: ${s3Authorization(twice)}
>
< HTTP/1.1 403 Forbidden
< Date: ${DATE.replace('15 GMT', '16 GMT')}
< Content-Type: application/xml
<
<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><AWSAccessKeyId>${ID}</AWSAccessKeyId><StringToSign>${stringToSign}</StringToSign><SignatureProvided>${s3Signature(twice)}</SignatureProvided><CanonicalRequest>${canonical}</CanonicalRequest></Error>
`;

// Four requests as a browser records them: two right, one refused, one late.
const ossHeaders = (type) => [['Host', 'photos.oss-cn-hangzhou.aliyuncs.com'], ['Date', DATE], ['Authorization', `OSS ${ID}:${hmac('sha1', SECRET, `PUT\n\n${type}\n${DATE}\n/photos/cat.png`, 'base64')}`], ['Content-Type', 'image/png']];
const lateTime = (START - 7200).toString();
const lateSignature = hmac('sha1', SECRET, `GET\n\n\n${lateTime}\n/photos/cat.png`, 'base64');
const entry = (method, url, headers, status) => ({ startedDateTime: '2026-05-01T08:30:15.000Z', request: { method, url, httpVersion: 'HTTP/1.1', headers: headers.map(([name, value]) => ({ name, value })), queryString: [], cookies: [], headersSize: -1, bodySize: -1 }, response: { status, statusText: '', httpVersion: 'HTTP/1.1', headers: [], cookies: [], content: { size: 0, mimeType: '' }, redirectURL: '', headersSize: -1, bodySize: -1 } });
const har = `${JSON.stringify({
  log: {
    version: '1.2',
    creator: { name: 'made up', version: '1' },
    entries: [
      entry('PUT', 'https://photos.oss-cn-hangzhou.aliyuncs.com/cat.png', ossHeaders('image/png'), 200),
      entry('PUT', 'https://photos.oss-cn-hangzhou.aliyuncs.com/cat.png', ossHeaders('application/x-www-form-urlencoded'), 403),
      entry('GET', cosUrl('/cat.png', '/cat.png'), [['Host', 'photos-1250000000.cos.ap-guangzhou.myqcloud.com']], 200),
      entry('GET', `https://photos.oss-cn-hangzhou.aliyuncs.com/cat.png?OSSAccessKeyId=${ID}&Expires=${lateTime}&Signature=${encodeURIComponent(lateSignature)}`, [['Host', 'photos.oss-cn-hangzhou.aliyuncs.com']], 403),
    ],
  },
}, null, 1)}\n`;

const conditions = { expiration: '2026-05-01T09:00:00Z', conditions: [{ bucket: 'photos' }, ['starts-with', '$key', '']] };

const examples = Object.entries({ oss, cos, ks3, kodo, s3, har }).map(([id, input]) => ({ id, input, secret: SECRET, at: AT }));
const decoding = { token: { input: token(compact, compact) }, policy: { input: Buffer.from(JSON.stringify(conditions)).toString('base64'), provider: 's3' }, url: { input: cosUrl('/cat.png', '/cat.png') } };
const text = `// Requests with the mistakes people make, from made-up credentials. Written by test/make-examples.mjs.

export const EXAMPLES = ${JSON.stringify(examples, null, 2)};

export const DECODE_EXAMPLES = ${JSON.stringify(decoding, null, 2)};
`;

const file = new URL('../examples.js', import.meta.url);
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    console.error('examples.js is not what test/make-examples.mjs writes');
    process.exit(1);
  }
} else {
  writeFileSync(file, text);
}
