// The vendors: which scheme, and where.

import { bucketUrl, bytes, count, escaped, fail, forms, milliseconds, objectUrl, request, requests, rfc3339, span, text } from './core.js';

const china = (region) => (region.startsWith('cn-') ? '.cn' : '');

export const s3 = (lib) => {
  const host = (region) => `s3.${region}.amazonaws.com${china(region)}`;
  return {
    uploadForm: forms(lib, 's3', () => ({ scheme: 's3-v4-post', host })),
    ...requests(lib, (_, isUrl) => ({ scheme: isUrl ? 's3-v4-url' : 's3-v4-header', host, unsigned: 'UNSIGNED-PAYLOAD' })),
  };
};

export const oss = (lib) => {
  const host = (region) => `oss-${region}.aliyuncs.com`;
  const is1 = ({ version = 'v4' }) => version === 'v1' || (version !== 'v4' && fail('bad-argument', '`version` must be `v4` or `v1`'));
  return {
    uploadForm: forms(lib, 'oss', (options) => ({ scheme: is1(options) ? 'oss-post-v1' : 'oss-post-v4', host })),
    ...requests(lib, (options, isUrl) => ({
      scheme: `oss-${is1(options) ? 'v1' : 'v4'}-${isUrl ? 'url' : 'header'}`,
      host,
      dated: is1(options) ? 'x-oss-date' : undefined,
    })),
  };
};

export const cos = (lib) => {
  const host = (region) => `cos.${region}.myqcloud.com`;
  const all = requests(lib, (_, isUrl) => ({ scheme: isUrl ? 'cos-xml-url' : 'cos-xml-header', host, lives: 900 }));
  return {
    uploadForm: forms(lib, 'cos', () => ({ scheme: 'cos-post', host })),
    ...all,
    authorization: (options, who) => all.sign(options, who).headers.Authorization,
  };
};

export const ks3 = (lib) => {
  const host = (region) => `ks3-${region}.ksyuncs.com`;
  const is4 = ({ version = 'v2' }) => version === 'v4' || (version !== 'v2' && fail('bad-argument', '`version` must be `v2` or `v4`'));
  return {
    uploadForm: forms(lib, 'ks3', () => ({ scheme: 'ks3-post', host })),
    ...requests(lib, (options, isUrl) => ({
      scheme: `ks3-${is4(options) ? 'v4' : 'v2'}-${isUrl ? 'url' : 'header'}`,
      host,
      dated: is4(options) ? undefined : 'x-kss-date',
    })),
  };
};

/** What a put policy says beside scope and deadline, by its name here and there. */
const TEXTS = ['endUser', 'returnUrl', 'returnBody', 'callbackUrl', 'callbackHost', 'callbackBody', 'callbackBodyType', 'persistentOps', 'persistentNotifyUrl', 'persistentPipeline', 'persistentWorkflowTemplateID', 'saveKey', 'mimeLimit'];
const NUMBERS = ['persistentType', 'fsizeMin', 'fsizeLimit', 'detectMime', 'fileType', 'deleteAfterDays', 'trafficLimit'];
const SWITCHES = ['insertOnly', 'callbackFetchKey', 'forceSaveKey'];
const KNOWN = new Set(['bucket', 'key', 'keyPrefix', 'expiresIn', 'deadline', 'keyLimit', 'at', 'region', 'endpoint', ...TEXTS, ...NUMBERS, ...SWITCHES]);

const putFields = (policy, end) => {
  const { bucket, key, keyPrefix } = policy;
  if (key !== undefined && keyPrefix !== undefined) fail('bad-argument', 'only one of `key` and `keyPrefix` can be given');
  const which = key !== undefined ? 'key' : keyPrefix !== undefined ? 'prefix' : 'bucket';
  let fields = `${end}\0${which}\0${text(bucket, 'bucket')}\0${text(key ?? keyPrefix ?? '', which)}`;
  for (const name in policy) {
    const value = policy[name];
    if (value === undefined) continue;
    if (!KNOWN.has(name)) fail('bad-argument', `\`${name}\` is no field of a put policy`);
    if (name === 'keyLimit') for (const one of value) fields += `\0keylimit\0${text(one, name)}`;
    else if (SWITCHES.includes(name)) fields += value ? `\0${name}\x001` : '';
    else if (NUMBERS.includes(name)) fields += `\0${name}\0${Number.isSafeInteger(value) ? value : fail('bad-argument', `\`${name}\` must be a whole number`)}`;
    else if (TEXTS.includes(name)) fields += `\0${name}\0${text(value, name)}`;
  }
  return fields;
};

const deadline = (policy) => (policy.deadline === undefined ? span(policy, 3600)[1] : Math.floor(milliseconds(policy.deadline, 'deadline') / 1000));

export const kodo = (lib) => {
  const uploadToken = (policy, who) => {
    if (typeof policy === 'string') return lib.holding(who, 0, (key) => lib.glue.token(key, policy));
    const end = deadline(policy);
    const fields = putFields(policy, end);
    return lib.holding(who, end, (key) => lib.answer(lib.glue.put(key, fields))[0]);
  };
  const uploadForm = (policy, who) => {
    const { key, keyPrefix, region, endpoint, fsizeMin, fsizeLimit, mimeLimit } = policy;
    const token = uploadToken(policy, who);
    const host = endpoint ?? (lib.glue.upload_host(text(region ?? fail('terms-missing', 'the region or the endpoint is needed to know where the form goes'), 'region')) || fail('bad-argument', `\`${region}\` is no region of Kodo`));
    const limits = { key, keyPrefix, minSize: fsizeMin, maxSize: fsizeLimit || undefined, contentType: mimeLimit };
    for (const name of Object.keys(limits)) if (limits[name] === undefined) delete limits[name];
    const fields = [['token', token]];
    if (key !== undefined) fields.unshift(['key', key]);
    return { provider: 'kodo', scheme: 'kodo-upload-token', method: 'POST', url: bucketUrl({ endpoint: host, addressing: 'custom-domain' }), fields, fileField: 'file', expiresAt: rfc3339(deadline(policy)), limits };
  };
  const presign = (options, who) => {
    const [now, end, life] = span(options);
    return request(lib, 'kodo-private-url', options, who, { now, end, life, method: 'GET', payload: 'body' });
  };
  const sign = (options, who) => {
    const [now] = span(options, 0);
    const { method = 'POST', headers, version = 'qiniu' } = options;
    const scheme = version === 'qbox' ? 'kodo-qbox' : 'kodo-mac';
    return request(lib, scheme, options, who, { now, method, headers, body: bytes(options.body ?? '', 'body'), payload: 'body' });
  };
  return { uploadToken, uploadForm, presign, sign };
};
