// What can be said of a token, a form or a URL: the fields of each, how they are typed and how they are read.

import { parsed } from './json.js';
import { clock } from './times.js';
import { PageTrouble } from './trouble.js';

const text = (name, more = {}) => ({ name, kind: 'text', ...more });
const number = (name, more = {}) => ({ name, kind: 'number', ...more });
const size = (name) => ({ name, kind: 'size' });
const check = (name) => ({ name, kind: 'check' });
const select = (name, options, more = {}) => ({ name, kind: 'select', options, ...more });
const lines = (name, reads, more = {}) => ({ name, kind: 'lines', reads, ...more });
const time = (name) => ({ name, kind: 'time', placeholder: '2026-05-01T08:30:15Z' });

/** Seconds: a year of more than four digits can be written nowhere. */
const LIFE = { least: 1, most: 9_999_999_999 };
const ADDRESSING = select('addressing', ['', 'virtual-host', 'path', 'custom-domain']);
const KODO_REGIONS = ['', 'z0', 'cn-east-2', 'z1', 'z2', 'na0', 'as0', 'ap-southeast-2', 'ap-southeast-3'];
const PLACE = { oss: 'cn-hangzhou', cos: 'ap-guangzhou', ks3: 'cn-beijing', s3: 'us-east-1' };
const BUCKET = { cos: 'photos-1250000000' };
const VERSIONS = { form: { oss: ['v4', 'v1'] }, url: { oss: ['v4', 'v1'], ks3: ['v2', 'v4'] } };

const version = (way, provider) => (VERSIONS[way][provider] ? [select('version', VERSIONS[way][provider])] : []);

const TOKEN = [
  ['target', [text('bucket', { needed: true, placeholder: 'photos' }), text('key'), text('keyPrefix', { placeholder: 'user/eric/' }), number('expiresIn', { value: '3600', ...LIFE }), time('deadline'), select('region', KODO_REGIONS)]],
  ['limits', [check('insertOnly'), size('fsizeMin'), size('fsizeLimit'), text('mimeLimit'), select('detectMime', ['', '0', '1', '-1'], { isNumber: true }), select('fileType', ['', '0', '1', '2', '3', '4', '5'], { isNumber: true }), number('deleteAfterDays'), number('trafficLimit', { least: 819_200, most: 838_860_800 })]],
  ['after', [text('saveKey'), check('forceSaveKey'), text('endUser'), text('returnUrl'), text('returnBody'), text('callbackUrl'), text('callbackHost'), text('callbackBody'), select('callbackBodyType', ['', 'application/x-www-form-urlencoded', 'application/json']), check('callbackFetchKey')]],
  ['processing', [text('persistentOps'), text('persistentNotifyUrl'), text('persistentPipeline'), select('persistentType', ['', '0', '1'], { isNumber: true }), text('persistentWorkflowTemplateID')]],
  ['more', [lines('keyLimit', 'list'), time('at'), lines('policy', 'text')]],
];

const form = (provider) => [
  ['target', [text('bucket', { needed: true, placeholder: BUCKET[provider] ?? 'photos' }), text('region', { needed: true, placeholder: PLACE[provider] }), ...version('form', provider), text('endpoint'), ADDRESSING]],
  ['limits', [text('key'), text('keyPrefix', { placeholder: 'user/eric/' }), number('expiresIn', { value: '900', needed: true, ...LIFE }), size('minSize'), size('maxSize'), text('contentType'), select('successStatus', ['', '200', '201', '204'], { isNumber: true })]],
  ['more', [lines('fields', 'pairs'), lines('conditions', 'json'), text('sessionToken'), time('at'), lines('policy', 'text')]],
];

const url = (provider) => [
  ['target', [select('method', ['GET', 'PUT', 'HEAD', 'POST', 'DELETE']), text('bucket', { needed: true, placeholder: BUCKET[provider] ?? 'photos' }), text('key', { needed: true, placeholder: '2026/a b.jpg' }), text('region', { needed: true, placeholder: PLACE[provider] }), number('expiresIn', { value: '900', needed: true, ...LIFE }), ...version('url', provider)]],
  ['more', [text('endpoint'), ADDRESSING, lines('headers', 'pairs'), lines('query', 'query'), text('sessionToken'), time('at')]],
];

const KODO_URL = [['target', [text('url', { needed: true, placeholder: 'https://cdn.example.com/a.jpg' }), number('expiresIn', { value: '3600', needed: true, ...LIFE }), time('at')]]];

const FORMS = ['oss', 'cos', 'ks3', 's3'];

/** All that can be built: `{ id, way, provider, groups }`. */
export const KINDS = [
  { id: 'token-kodo', way: 'token', provider: 'kodo', groups: TOKEN },
  ...FORMS.map((provider) => ({ id: `form-${provider}`, way: 'form', provider, groups: form(provider) })),
  ...FORMS.map((provider) => ({ id: `url-${provider}`, way: 'url', provider, groups: url(provider) })),
  { id: 'url-kodo', way: 'url', provider: 'kodo', groups: KODO_URL },
];

/** All fields of a kind. */
export const fieldsOf = (kind) => kind.groups.flatMap(([, fields]) => fields);

const SCALE = new Map(Object.entries({ '': 1, b: 1, k: 1e3, kb: 1e3, kib: 1 << 10, m: 1e6, mb: 1e6, mib: 1 << 20, g: 1e9, gb: 1e9, gib: 1 << 30 }));

/** `10MB` in bytes. */
export function bytes(written, name) {
  const [, whole, places = '', unit] = /^(\d{1,16})(?:\.(\d{1,16}))?\s*([a-z]*)$/i.exec(written.trim()) ?? [];
  const scale = SCALE.get(unit?.toLowerCase());
  if (scale === undefined) fail('bad-size', name);
  // By digits: as floating point, 8.2 MB are no whole number of bytes.
  const [digits, ten] = [BigInt(whole + places) * BigInt(scale), 10n ** BigInt(places.length)];
  const value = Number(digits / ten);
  return digits % ten === 0n && Number.isSafeInteger(value) ? value : fail('bad-size', name);
}

const rows = (written) => written.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** Names and values, one a line. No name may be there twice: which of the values counts, nothing tells. */
function members(written, separator, mayBeBare, field) {
  const all = {};
  const names = new Set();
  for (const line of rows(written)) {
    const at = line.indexOf(separator);
    const name = (at < 0 ? line : line.slice(0, at)).trim();
    if ((at < 0 && !mayBeBare) || name === '' || names.has(name.toLowerCase())) throw new PageTrouble('bad-line', line, { field });
    names.add(name.toLowerCase());
    Object.defineProperty(all, name, { value: at < 0 ? '' : line.slice(at + 1).trim(), enumerable: true, configurable: true, writable: true });
  }
  return all;
}

const LINES = {
  list: (written) => rows(written),
  pairs: (written, name) => members(written, ':', false, name),
  query: (written, name) => members(written, '=', true, name),
  text: (written) => written,
  json: (written, name) =>
    rows(written).map((line) => {
      try {
        return JSON.parse(line);
      } catch (error) {
        throw new PageTrouble('bad-json', error.message, { field: name });
      }
    }),
};

const READ = {
  text: (value) => value,
  number: (value, { name, least = 0, most = Number.MAX_SAFE_INTEGER }) => {
    const number = /^\d+$/.test(value.trim()) ? Number(value) : Number.NaN;
    return number >= least && number <= most ? number : fail('bad-number', name, { least, most });
  },
  size: (value, { name }) => bytes(value, name),
  select: (value, { isNumber }) => (isNumber ? Number(value) : value),
  check: (value) => value === 'on',
  lines: (value, { reads, name }) => LINES[reads](value, name),
  time: (value, { name }) => clock(value) ?? fail('bad-clock', name),
};

function fail(code, field, facts = {}) {
  throw new PageTrouble(code, '', { field, ...facts });
}

/** What was typed, as the package takes it; fields that are empty are left out. `values` are texts by name. */
export function read(kind, values) {
  const options = {};
  const missing = [];
  for (const field of fieldsOf(kind)) {
    const value = values[field.name] ?? '';
    if (value.trim() === '') {
      if (field.needed) missing.push(field.name);
    } else {
      options[field.name] = READ[field.kind](value, field);
    }
  }
  // Where it goes is told by either.
  const told = missing.filter((name) => !(name === 'region' && options.endpoint !== undefined));
  if (kind.way === 'form' && options.policy === undefined && options.key === undefined && options.keyPrefix === undefined) told.push('keyOrPrefix');
  return { options, missing: kind.way === 'token' && options.policy !== undefined ? [] : told };
}

/** Members of a put policy that have a field of the same name. The other fields of a token are the page's own words. */
const MEMBERS = new Map(TOKEN.flatMap(([group, fields]) => (group === 'target' || group === 'more' ? [] : fields.map((field) => [field.name, field]))));

/** The fields of a put policy, from its JSON, as they would be typed; `null` where they would say anything but the same. */
export function typed(text) {
  const policy = parsed(text);
  if (policy === null || typeof policy !== 'object') return null;
  const values = {};
  for (const [name, value] of Object.entries(policy)) {
    if (name === 'scope' && typeof value === 'string') {
      const at = value.indexOf(':');
      values.bucket = at < 0 ? value : value.slice(0, at);
      if (at >= 0) values[policy.isPrefixalScope === 1 ? 'keyPrefix' : 'key'] = value.slice(at + 1);
    } else if (name === 'deadline' && Number.isSafeInteger(value) && Math.abs(value) < 8e12) {
      values.deadline = new Date(value * 1000).toISOString().replace('.000', '');
    } else if (name === 'keylimit' && Array.isArray(value)) {
      values.keyLimit = value.join('\n');
    } else if (MEMBERS.has(name)) {
      values[name] = MEMBERS.get(name).kind === 'check' ? (value ? 'on' : '') : String(value);
    } else if (name !== 'isPrefixalScope') {
      return null;
    }
  }
  return isSame(putPolicy(values), policy) ? values : null;
}

/** The put policy that the package makes of what was typed; `null` for what it does not take. */
function putPolicy(values) {
  let options;
  try {
    ({ options } = read(KINDS[0], values));
  } catch {
    return null;
  }
  const { bucket, key, keyPrefix, deadline, keyLimit, ...rest } = options;
  const named = key ?? keyPrefix;
  const policy = { ...rest, scope: named === undefined ? bucket : `${bucket}:${named}`, deadline: deadline / 1000 };
  if (keyPrefix !== undefined) policy.isPrefixalScope = 1;
  if (keyLimit !== undefined) policy.keylimit = keyLimit;
  for (const name of ['insertOnly', 'callbackFetchKey']) if (policy[name]) policy[name] = 1;
  return policy;
}

/** Whether two objects have the same members, in whatever order. */
function isSame(one, other) {
  const sorted = (value) => JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return one !== null && sorted(one) === sorted(other);
}
