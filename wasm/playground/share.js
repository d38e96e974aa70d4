// A redacted explanation in the fragment of a link, and back. Whoever opens a link did not make it: all of it is looked at before
// any of it is shown.

const VERSION = 'v1';
/** Characters of a link; more are cut by chats and mails. */
const MOST_LINK = 60_000;
/** Characters of what a link holds when it is unpacked. */
const MOST_TEXT = 2_000_000;

/** The fragment for a view: `{ lang, hasSecret, hasAnswer, explanation }`, whose explanation is redacted; `null` if it is too long. */
export async function packed(view) {
  if (!view.explanation.redacted) throw new TypeError('only what is redacted is shared');
  const { report, headline, tables, requests, picked, notes } = view.explanation;
  // How long it took is of no use to others, and the steps hold the texts that are hidden.
  const kept = { lang: view.lang, hasSecret: view.hasSecret, hasAnswer: view.hasAnswer, explanation: { report, headline, tables, requests: [requests[picked]], notes } };
  const bytes = new TextEncoder().encode(JSON.stringify(kept));
  const squeezed = await through(new CompressionStream('deflate-raw'), bytes);
  const link = `${VERSION}=${base64(squeezed)}`;
  return link.length > MOST_LINK ? null : link;
}

/** Whether a fragment, without its `#`, holds a view. */
export function isPacked(fragment) {
  return /^v\d+=/.test(fragment);
}

/** The view in a fragment, or `null` if it is none. */
export async function unpacked(fragment) {
  if (!fragment.startsWith(`${VERSION}=`) || fragment.length > MOST_LINK * 2) return null;
  try {
    const bytes = await through(new DecompressionStream('deflate-raw'), unbase64(fragment.slice(VERSION.length + 1)), MOST_TEXT);
    return view(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return null;
  }
}

async function through(stream, bytes, most = Infinity) {
  const writer = stream.writable.getWriter();
  // Its faults are those of reading.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  const pieces = [];
  let length = 0;
  const reader = stream.readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > most) throw new RangeError('too long');
    pieces.push(next.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function base64(bytes) {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function unbase64(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}

// The shape of a view. Each of these gives the value if it is of its kind, and throws if it is not; what is not named is left out.

const fail = () => {
  throw new TypeError('not a view of this page');
};
const text = (value) => (typeof value === 'string' ? value : fail());
const number = (value) => (Number.isSafeInteger(value) && value >= 0 ? value : fail());
const truth = (value) => (typeof value === 'boolean' ? value : fail());
const orNull = (kind) => (value) => (value === null || value === undefined ? null : kind(value));
const maybe = (kind) => (value) => (value === undefined ? undefined : kind(value));
const list = (kind, most) => (value) => (Array.isArray(value) && value.length <= most ? value.map((one) => kind(one)) : fail());
const record = (members) => (value) => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) fail();
  return Object.fromEntries(Object.entries(members).map(([name, kind]) => [name, kind(Object.hasOwn(value, name) ? value[name] : undefined)]));
};
const one = (...known) => (value) => (known.includes(value) ? value : fail());

const time = orNull((value) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? value : fail()));
const segment = record({ text, differs: truth });
const side = orNull(list(segment, 10_000));
const document = one('canonical-request', 'string-to-sign');
const certainty = one('proved', 'server', 'seen', 'likely');
const verdict = one('valid', 'mismatch', 'rejected', 'undecided');
const finding = record({ code: text, matter: text, certainty, group: number, title: text, help: text, signed: orNull(text), sent: orNull(text), also: list(text, 200) });

const view = record({
  lang: one('en', 'zh'),
  hasSecret: truth,
  hasAnswer: truth,
  explanation: record({
    report: record({
      verdict,
      provider: text,
      scheme: text,
      access_key_id: text,
      signed_at: time,
      expires_at: time,
      provided_signature: text,
      expected_signature: orNull(text),
      findings: list(finding, 200),
      searched: record({ variants: number, causes: number, depth: number, elapsed_us: number }),
    }),
    headline: record({ places: list(record({ role: text, name: text, line: maybe(number) }), 1000), isOrder: truth, isOpen: truth }),
    tables: list(
      record({
        document,
        isPair: truth,
        rows: list(record({ line: orNull(number), role: text, same: truth, signed: side, right: side }), 20_000),
        parting: maybe(orNull(record({ offset: number, signed: orNull(text), right: orNull(text) }))),
        legend: list(record({ sign: text, name: text }), 200),
      }),
      10,
    ),
    requests: list(record({ kind: text, hasAnswer: truth }), 1),
    notes: list(text, 100),
    redacted: () => true,
    steps: () => [],
    picked: () => 0,
  }),
});
