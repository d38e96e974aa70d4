// Policies as JSON: conditions of forms, and put policies of Kodo.
//
// A policy is text, and JavaScript writes it in less room than WebAssembly. That these rules are those of the library
// is tested: it judges what is written here.

import { bad, count, fail, list, pairs, text } from './core.js';

const refuse = (message) => fail('policy-refused', `the vendor would refuse such a policy: ${message}`);

const condition = (provider, exact, given) => {
  if (!Array.isArray(given)) return Object.fromEntries(pairs(given, 'conditions'));
  const [operator, name, value] = given;
  if (operator === 'content-length-range') return count(name, operator) > count(value, operator) ? refuse(`no size is from ${name} to ${value}`) : given;
  if (operator === 'in' || operator === 'not-in') {
    if (provider !== 'oss') refuse(`\`${operator}\` is for OSS alone`);
  } else if (operator !== 'eq' && operator !== 'starts-with') {
    refuse(`\`${text(operator, 'conditions')}\` is no operator`);
  }
  if (!text(name, 'conditions').startsWith('$')) bad('conditions', 'of fields, whose names begin with `$`');
  for (const one of [value].flat()) if (!Number.isFinite(one)) text(one, name);
  if (operator !== 'eq' && exact?.test(name.slice(1))) refuse(`\`${name}\` is compared only exactly`);
  return given;
};

/** What a form is to allow: its conditions, and the fields to send. */
export const allowed = (provider, exact, options) => {
  const { bucket, key, keyPrefix, minSize, maxSize, contentType, fields, conditions, successStatus, ...others } = options;
  // What is misspelt would leave the form open.
  for (const name in others) if (!/^(region|endpoint|addressing|expiresIn|version|at|policy)$/.test(name)) bad(name, 'left out');
  if ((key === undefined) === (keyPrefix === undefined)) bad('key', 'given or `keyPrefix`, and not both');
  const all = [{ bucket: text(bucket, 'bucket') }, key === undefined ? ['starts-with', '$key', text(keyPrefix, 'keyPrefix')] : { key: text(key, 'key') }];
  const sent = [['key', key ?? `${keyPrefix}\${filename}`]];
  const exactly = ([name, value]) => {
    all.push({ [name]: value });
    sent.push([name, value]);
  };
  const type = contentType === undefined ? '' : text(contentType, 'contentType');
  if (type.endsWith('*')) all.push(['starts-with', '$Content-Type', type.slice(0, -1)]);
  else if (contentType !== undefined) exactly(['Content-Type', type]);
  if (successStatus !== undefined) exactly(['success_action_status', /^20[014]$/.test(String(successStatus)) ? String(successStatus) : bad('successStatus', '200, 201 or 204')]);
  pairs(fields, 'fields').forEach(exactly);
  if (minSize !== undefined || maxSize !== undefined) {
    const range = condition(provider, exact, ['content-length-range', minSize ?? 0, maxSize ?? Number.MAX_SAFE_INTEGER]);
    // KS3 counts the fields and boundaries of the form with the file.
    if (provider === 'ks3' && maxSize !== undefined) range[2] += 16_384;
    all.push(range);
  }
  all.push(...list(conditions, 'conditions').map((one) => condition(provider, exact, one)));
  return [all, sent];
};

/** The conditions that the fields of the signature need, without those that are there. */
export const ofSignature = (signing, conditions) => {
  const there = new Set(conditions.flatMap((one) => (Array.isArray(one) ? [String(one[1]).slice(1)] : Object.keys(one))).map((name) => name.toLowerCase()));
  return signing
    .filter(([name]) => /^(x-(amz|oss|cos|kss)|q)-/.test(name) && !name.endsWith('-signature'))
    .map(([name, value]) => ({ [name === 'q-key-time' ? 'q-sign-time' : name]: value }))
    .filter((one) => !there.has(Object.keys(one)[0]));
};

const TEXTS = 'endUser returnUrl returnBody callbackUrl callbackHost callbackBody callbackBodyType persistentOps persistentNotifyUrl persistentPipeline persistentWorkflowTemplateID saveKey mimeLimit';
/** Numbers, with the least and the most. */
const NUMBERS = {
  persistentType: [0, 1],
  fsizeMin: [0],
  fsizeLimit: [0],
  detectMime: [-1, 1],
  fileType: [0, 5],
  deleteAfterDays: [0],
  trafficLimit: [819_200, 838_860_800],
};

const asText = (name, value) => text(value, name);
const asFlag = (name, value) => (typeof value === 'boolean' ? value : bad(name, '`true` or `false`'));
const asNumber = (name, value) => {
  const [least, most = Number.MAX_SAFE_INTEGER] = NUMBERS[name];
  return Number.isSafeInteger(value) && value >= least && value <= most ? value : refuse(`\`${name}\` is from ${least} to ${most}`);
};

/** How each field is written; made when it is first needed, so that pages without Kodo are without it. */
let writers;
const put = () => (writers ??= new Map([
  ...TEXTS.split(' ').map((name) => [name, asText]),
  ...Object.keys(NUMBERS).map((name) => [name, asNumber]),
  // Scope and deadline are there already, and the rest is not of the policy.
  ...'bucket key keyPrefix expiresIn deadline at region endpoint keyLimit'.split(' ').map((name) => [name, () => undefined]),
  ['insertOnly', (name, on) => (asFlag(name, on) ? 1 : undefined)],
  ['callbackFetchKey', (name, on) => (asFlag(name, on) ? 1 : undefined)],
  ['forceSaveKey', (name, on) => asFlag(name, on) || undefined],
]));

/** The JSON of a put policy that ends at `deadline`. */
export const putPolicy = (given, deadline) => {
  const { bucket, key, keyPrefix, keyLimit } = given;
  if (key !== undefined && keyPrefix !== undefined) fail('bad-argument', 'only one of `key` and `keyPrefix` can be given');
  const named = key ?? keyPrefix;
  // Without either it is any key of the bucket: what was to name one and does not is a mistake.
  if (named === undefined && ('key' in given || 'keyPrefix' in given)) bad('key', 'a string, or left out');
  if (text(bucket, 'bucket') === '' || bucket.includes(':')) refuse('`bucket` is a name without a colon');
  if (deadline < 0 || deadline > 4_294_967_295) refuse('`deadline` is no time the service knows');
  if (named !== undefined && text(named, 'key').length > 250 && new TextEncoder().encode(named).length > 750) refuse('`key` is longer than 750 bytes');
  const policy = { scope: named === undefined ? bucket : `${bucket}:${named}`, deadline };
  if (keyPrefix !== undefined) policy.isPrefixalScope = 1;
  for (const name in given) {
    const value = given[name];
    if (value === undefined) continue;
    const write = put().get(name) ?? fail('bad-argument', `\`${name}\` is no field of a put policy`);
    const written = write(name, value);
    if (written !== undefined) policy[name] = written;
  }
  if (keyLimit !== undefined) {
    policy.keylimit = list(keyLimit, 'keyLimit').map((one) => text(one, 'keyLimit'));
    if (policy.keylimit.length > 20) refuse('`keyLimit` has at most 20 keys');
  }
  contradictions(policy);
  return JSON.stringify(policy);
};

/** What a policy must not say together. Empty text counts as absent. */
const contradictions = (policy) => {
  const { callbackUrl, callbackBody, callbackBodyType, persistentOps, fileType } = policy;
  for (const name of ['callbackBody', 'callbackHost', 'callbackBodyType', 'callbackFetchKey']) {
    if (policy[name] && !callbackUrl) refuse(`\`${name}\` needs \`callbackUrl\``);
  }
  if (callbackUrl && !callbackBody) refuse('`callbackUrl` needs `callbackBody`');
  if (callbackUrl && (policy.returnUrl || policy.returnBody)) refuse('`callbackUrl` cannot be given with `returnUrl` or `returnBody`');
  if (callbackBodyType && !/^application\/(x-www-form-urlencoded|json)$/.test(callbackBodyType)) refuse('`callbackBodyType` is a form or JSON');
  if (policy.fsizeMin > policy.fsizeLimit) refuse('`fsizeMin` is above `fsizeLimit`');
  if (policy.forceSaveKey && !policy.saveKey) refuse('`forceSaveKey` needs `saveKey`');
  if (persistentOps && policy.persistentWorkflowTemplateID) refuse('`persistentOps` cannot be given with `persistentWorkflowTemplateID`');
  if (persistentOps && (fileType === 2 || fileType === 3)) refuse('objects of this `fileType` cannot be processed');
};
