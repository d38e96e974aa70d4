// Holds what the package signs against tests/vectors, which were made by running the vendors' own SDKs.
//
// No import and nothing of Node, so that the same runs in a page, behind a bundler and in a worker.

const who = ({ credentials: { access_key_id, secret, security_token } }) => ({
  accessKeyId: access_key_id,
  secretAccessKey: secret,
  ...(security_token ? { sessionToken: security_token } : {}),
});

/** The headers of a vector; a `Host` only where it is another one than the URL's. */
const headersOf = ({ request }) => request.headers.filter(([name, value]) => name.toLowerCase() !== 'host' || !request.url.split('/')[2].startsWith(value));

/** A URL taken apart, for SDKs differ in the order of parameters and in what they escape. */
const parts = (url) => {
  const [base, query = ''] = url.split('?');
  const decode = (text) => decodeURIComponent(text.replaceAll('+', '%20'));
  return JSON.stringify([base, query.split('&').map((one) => one.split('=').map(decode).join('=')).sort()]);
};

const target = (one) => ({
  url: one.request.url,
  bucket: one.bucket ?? undefined,
  region: one.region ?? undefined,
  service: one.product ?? one.service ?? undefined,
  at: one.time ?? undefined,
  method: one.request.method,
  headers: Object.fromEntries(headersOf(one)),
  ...(one.addressing === 'path' ? { addressing: 'path' } : {}),
  ...(/cname|custom/.test(one.addressing ?? '') ? { addressing: 'custom-domain' } : {}),
});

/** What differs, if anything does. */
const differs = (found, expected) => (found === expected ? undefined : `${found}, not ${expected}`);

const signs = (more = () => ({})) => (signer, one) => {
  const { Authorization } = signer.sign({ ...target(one), ...more(one) }, who(one)).headers;
  return Authorization.includes(one.expect.signature) ? undefined : `${Authorization}, not ${one.expect.authorization}`;
};

const presigns = (more = () => ({})) => (signer, one) =>
  differs(parts(signer.presign({ ...target(one), expiresIn: one.expires, ...more(one) }, who(one)).url), parts(one.expect.url));

const OF_SIGNATURE = /signature|accesskeyid|policy|credential|-date|algorithm|token|^q-/i;

const formSigns = (more = () => ({})) => (signer, one) => {
  const policy = one.policy_json ?? one.policy_text ?? one.policy;
  const options = { bucket: one.bucket, region: one.region, policy, expiresIn: one.expires ?? 3600, at: one.time, ...more(one) };
  const fields = Object.fromEntries(signer.uploadForm(options, who(one)).fields.map(([name, value]) => [name.toLowerCase(), value]));
  const expected = Array.isArray(one.expect.fields) ? one.expect.fields : Object.entries(one.expect.fields);
  for (const [name, value] of expected) {
    // What is not of the signature is the caller's own.
    if (OF_SIGNATURE.test(name) && fields[name.toLowerCase()] !== value) return `${name} is ${fields[name.toLowerCase()]}, not ${value}`;
  }
  return Object.values(fields).includes(one.expect.signature) ? undefined : 'the signature is another one';
};

/** COS signs an interval; the SDK begins it a minute early. */
const interval = (one) => {
  const [start, end] = one.key_time.split(';').map(Number);
  return { at: start * 1000, expiresIn: end - start };
};
const cosTerms = (one) => ({ ...interval(one), signedHeaders: one.expect.header_list.split(';').filter(Boolean) });
const cosLeavesOut = (one) => {
  if (one.expect.header_list === '') return 'no header is signed, which the package never does';
  if (/nosignparams|xh-service/.test(one.id)) return 'no parameter is signed, which the package never does';
  return undefined;
};

/** `fetch` resolves them: what it asked for would not be what was signed. */
const dotsLeaveOut = (one) => (/\/\.{1,2}(\/|$)/.test(one.request.url) ? 'a URL with `.` or `..` between slashes is refused' : undefined);

const additional = (one) => ({ signedHeaders: one.additional_headers });
/** Of a URL the SDK signs those alone that it is given. */
const additionalGiven = (one) => ({ signedHeaders: one.additional_headers.filter((name) => one.request.headers.some(([own]) => own.toLowerCase() === name)) });
const body = (one) => ({ body: one.request.body ?? '' });

/** Every scheme that is signed, with how many vectors are compared and how many the API cannot say. */
export const SCHEMES = [
  { provider: 'oss', scheme: 'oss-post-v1', compared: 9, left: 0, run: formSigns(() => ({ version: 'v1' })), upload: true },
  { provider: 'oss', scheme: 'oss-post-v4', compared: 8, left: 0, run: formSigns(), upload: true },
  { provider: 'ks3', scheme: 'ks3-post', compared: 11, left: 0, run: formSigns(), upload: true },
  { provider: 'cos', scheme: 'cos-post', compared: 9, left: 0, run: formSigns(interval), upload: true },
  { provider: 's3', scheme: 's3-v4-post', compared: 15, left: 0, run: formSigns(), upload: true },
  {
    provider: 'kodo',
    scheme: 'kodo-upload-token',
    compared: 35,
    left: 0,
    run: (signer, one) => differs(signer.uploadToken(one.policy_text, who(one)), one.expect.token),
    upload: true,
  },
  { provider: 'oss', scheme: 'oss-v1-url', compared: 25, left: 0, run: presigns(() => ({ version: 'v1' })) },
  { provider: 'oss', scheme: 'oss-v4-url', compared: 30, left: 0, run: presigns(additionalGiven) },
  {
    provider: 'ks3',
    scheme: 'ks3-v2-url',
    compared: 19,
    left: 0,
    run: presigns((one) => {
      const policy = one.expect.fields?.['X-Kss-Policy'];
      return policy ? { query: { 'X-Kss-Policy': policy } } : {};
    }),
  },
  { provider: 's3', scheme: 's3-v4-url', compared: 33, left: 2, run: presigns(), leavesOut: dotsLeaveOut },
  { provider: 'cos', scheme: 'cos-xml-url', compared: 18, left: 1, run: presigns(cosTerms), leavesOut: cosLeavesOut },
  {
    provider: 'kodo',
    scheme: 'kodo-private-url',
    compared: 10,
    left: 1,
    run: presigns((one) => {
      const at = one.time === null ? (one.expect.fields.e - 3600) * 1000 : Date.parse(one.time);
      return { at, expiresIn: one.expect.fields.e - at / 1000 };
    }),
    leavesOut: (one) => (one.expires < 0 ? 'a life below zero is refused' : undefined),
  },
  { provider: 'oss', scheme: 'oss-v1-header', compared: 52, left: 0, run: signs(() => ({ version: 'v1' })) },
  { provider: 'oss', scheme: 'oss-v4-header', compared: 43, left: 0, run: signs(additional) },
  { provider: 'ks3', scheme: 'ks3-v2-header', compared: 43, left: 0, run: signs() },
  { provider: 's3', scheme: 's3-v4-header', compared: 47, left: 2, run: signs(), leavesOut: dotsLeaveOut },
  { provider: 'cos', scheme: 'cos-xml-header', compared: 36, left: 4, run: signs(cosTerms), leavesOut: cosLeavesOut },
  {
    provider: 'kodo',
    scheme: 'kodo-mac',
    compared: 21,
    left: 0,
    run: signs((one) => ({
      ...body(one),
      // The switch of the SDK that leaves the date out.
      ...(headersOf(one).some(([name]) => name.toLowerCase() === 'x-qiniu-date') ? {} : { signedHeaders: ['content-type'] }),
    })),
  },
  { provider: 'kodo', scheme: 'kodo-qbox', compared: 15, left: 0, run: signs((one) => ({ ...body(one), version: 'qbox' })) },
];

/**
 * Runs the vectors of a scheme. What the API cannot say is counted with its reason, so that none is lost in silence.
 */
export const compare = ({ scheme, run, leavesOut = () => undefined }, signers, vectors) => {
  const result = { scheme, compared: 0, left: [], failures: [] };
  for (const one of vectors.cases.filter((own) => own.scheme === scheme)) {
    const names = new Set(headersOf(one.request ? one : { request: { headers: [] } }).map(([name]) => name.toLowerCase()));
    const why = one.request && names.size < headersOf(one).length ? 'a header occurs twice' : leavesOut(one);
    if (why) {
      result.left.push(`${one.id}: ${why}`);
      continue;
    }
    result.compared += 1;
    for (const signer of signers) {
      let problem;
      try {
        problem = run(signer, one);
      } catch (error) {
        problem = `${error.code}: ${error.message}`;
      }
      if (problem) result.failures.push(`${one.id}: ${problem}`);
    }
  }
  return result;
};

/** All schemes of `providers`, in one go: `signers` gives those of a provider. */
export const compareAll = (signers, vectors, providers = ['cos', 'kodo', 'ks3', 'oss', 's3']) =>
  SCHEMES.filter(({ provider }) => providers.includes(provider)).map((scheme) => ({
    expected: [scheme.compared, scheme.left],
    ...compare(scheme, signers(scheme), vectors[scheme.provider]),
  }));

/** What is not as it should be, in lines. */
export const faults = (results) =>
  results.flatMap(({ scheme, expected, compared, left, failures }) => [
    ...failures.map((failure) => `${scheme} ${failure}`),
    ...(compared === expected[0] && left.length === expected[1] ? [] : [`${scheme}: ${compared} compared and ${left.length} left out, not ${expected}: ${left.join('; ')}`]),
  ]);
