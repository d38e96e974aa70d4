// The vendors: which scheme, and where.

import { bad, bucketUrl, bytes, ends, fail, forms, known, milliseconds, object, request, requests, rfc3339, span, text } from './core.js';
import { allowed, ofSignature, putPolicy } from './policy.js';

const policies = { allowed, ofSignature };

const china = (region) => (region.startsWith('cn-') ? '.cn' : '');

const s3Host = (region) => `s3.${region}.amazonaws.com${china(region)}`;

export const s3Upload = (lib) => ({ uploadForm: forms(lib, 's3', policies, () => ({ scheme: 's3-v4-post', host: s3Host, exact: /^(bucket|success_action_status|x-amz-(?!meta-).*)$/i })) });

export const s3 = (lib) => ({
  ...s3Upload(lib),
  ...requests(lib, (_, isUrl) => ({ scheme: isUrl ? 's3-v4-url' : 's3-v4-header', host: s3Host, unsigned: 'UNSIGNED-PAYLOAD' })),
});

const ossHost = (region) => `oss-${region}.aliyuncs.com`;

/** Whether it is to be the other one of two versions. */
const isOther = (version, usual, other) => version === other || (version !== usual && version !== undefined && bad('version', `\`${usual}\` or \`${other}\``));

export const ossUpload = (lib) => ({
  uploadForm: forms(lib, 'oss', policies, ({ version }) => ({ scheme: isOther(version, 'v4', 'v1') ? 'oss-post-v1' : 'oss-post-v4', host: ossHost, exact: /^bucket$/i })),
});

export const oss = (lib) => ({
  ...ossUpload(lib),
  ...requests(lib, ({ version }, isUrl) => {
    const is1 = isOther(version, 'v4', 'v1');
    return { scheme: `oss-${is1 ? 'v1' : 'v4'}-${isUrl ? 'url' : 'header'}`, host: ossHost, dated: is1 ? 'x-oss-date' : undefined };
  }),
});

const cosHost = (region) => `cos.${region}.myqcloud.com`;

export const cosUpload = (lib) => ({ uploadForm: forms(lib, 'cos', policies, () => ({ scheme: 'cos-post', host: cosHost, lives: true, exact: /^(bucket|success_action_status|x-cos-(?!meta-).*|q-.*)$/i })) });

export const cos = (lib) => {
  const all = requests(lib, (_, isUrl) => ({ scheme: isUrl ? 'cos-xml-url' : 'cos-xml-header', host: cosHost, lives: 900 }));
  return { ...cosUpload(lib), ...all, authorization: (options, who) => all.sign(options, who).headers.Authorization };
};

/** Regions by their names in scopes and in hosts. */
const KS3_REGIONS = [
  ['BEIJING', 'ks3-cn-beijing'],
  ['SHANGHAI', 'ks3-cn-shanghai'],
  ['GUANGZHOU', 'ks3-cn-guangzhou'],
  ['QINGYANG', 'ks3-cn-qingyang'],
  ['HONGKONG', 'ks3-cn-hk-1'],
  ['RUSSIA', 'ks3-rus'],
  ['SINGAPORE', 'ks3-sgp'],
  ['JR_BEIJING', 'ks3-jr-beijing'],
  ['JR_SHANGHAI', 'ks3-jr-shanghai'],
  ['GOV_BEIJING', 'ks3-gov-beijing'],
  ['HANGZHOU', 'kss'],
  ['AMERICA', 'ks3-us-west-1'],
];

/** Both names of a region by either; of one that is not listed, the name is taken for both. */
const ks3Region = (region) => KS3_REGIONS.find(([scope, host]) => scope === region || host === `ks3-${region}`) ?? [region, `ks3-${region}`];

const ks3Host = (region) => `${ks3Region(region)[1]}.ksyuncs.com`;

export const ks3Upload = (lib) => ({ uploadForm: forms(lib, 'ks3', policies, () => ({ scheme: 'ks3-post', host: ks3Host })) });

export const ks3 = (lib) => ({
  ...ks3Upload(lib),
  ...requests(lib, ({ version, region }, isUrl) => {
    const is4 = isOther(version, 'v2', 'v4');
    // Version 2 signs every second slash as an escape, and wants the path to be sent so.
    const spelled = is4 ? undefined : (path) => path.replaceAll('//', '/%2F');
    return { scheme: `ks3-${is4 ? 'v4' : 'v2'}-${isUrl ? 'url' : 'header'}`, host: ks3Host, spelled, scope: region ? ks3Region(text(region, 'region'))[0] : undefined, dated: is4 ? undefined : 'x-kss-date' };
  }),
});

/** Keys for Kodo: it documents no place for a session token. */
const lasting = (lib) => ({
  __proto__: lib,
  holding: (who, end, work) => lib.holding(who, end, (key, isTemporary) => (isTemporary ? fail('terms-missing', 'a long-lived key, as Kodo documents no place for a session token, is needed') : work(key))),
});

export const kodoUpload = (any) => {
  const lib = lasting(any);
  const signed = (json, who, end) => lib.holding(who, end, (key) => lib.read(lib.wasm.token(key, lib.write(json))));
  /** A token and when it ends. Credentials that are over sign none, whenever that is. */
  const issued = (policy, who) => {
    const [now, last] = span(policy, 3600);
    const end = policy.deadline === undefined ? last : Math.floor(milliseconds(policy.deadline, 'deadline') / 1000);
    return [signed(putPolicy(policy, end), who, Math.max(now, end)), end];
  };
  const uploadToken = (policy, who) =>
    typeof policy === 'string' ? signed(text(policy, 'policy'), who, () => Math.max(Date.now() / 1000, ends(policy, 0))) : issued(policy, who)[0];
  const uploadHost = (region) => {
    const length = lib.wasm.upload_host(lib.write(text(region, 'region')));
    return length ? lib.read(length) : fail('bad-argument', `\`${region}\` is no region of Kodo`);
  };
  const uploadForm = (policy, who) => {
    const { key, keyPrefix, region, endpoint, fsizeMin, fsizeLimit, mimeLimit } = object(policy, 'policy');
    const [token, end] = issued(policy, who);
    const host = endpoint ?? uploadHost(region ?? fail('terms-missing', 'the region or the endpoint is needed to know where the form goes'));
    const limits = known({ key, keyPrefix, minSize: fsizeMin, maxSize: fsizeLimit || undefined, contentType: mimeLimit });
    const fields = [['token', token]];
    if (key !== undefined) fields.unshift(['key', key]);
    return { provider: 'kodo', scheme: 'kodo-upload-token', method: 'POST', url: bucketUrl({ endpoint: host, addressing: 'custom-domain' }), fields, fileField: 'file', expiresAt: rfc3339(end), limits };
  };
  return { uploadToken, uploadForm };
};

export const kodo = (any) => {
  const lib = lasting(any);
  // Domains are the buckets' own, and cannot be told from names.
  const located = (options) => object(options, 'options').url ?? fail('terms-missing', 'the URL is needed');
  const presign = (options, who) => {
    located(options);
    const [now, end, life] = span(options);
    return request(lib, 'kodo-private-url', options, who, { now, end, life, method: 'GET', payload: 'body' });
  };
  const sign = (options, who) => {
    located(options);
    const [now] = span(options, 0);
    const { method = 'POST', headers, version } = options;
    const scheme = isOther(version, 'qiniu', 'qbox') ? 'kodo-qbox' : 'kodo-mac';
    return request(lib, scheme, options, who, { now, method, headers, body: bytes(options.body ?? '', 'body'), payload: 'body' });
  };
  return { ...kodoUpload(any), presign, sign };
};
