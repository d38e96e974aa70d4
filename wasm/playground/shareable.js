// What of an explanation is in a link: what the page draws of it, and nothing besides. Whoever shares one sees all of it before,
// whoever opens one has no more than is seen.

import { bestGroup, tellsPlaces } from './headline.js';
import { toldRows, toldTables } from './tables.js';
import { clipped, clippedSegments, clippedSentence } from './text.js';

/** What is packed of a view, whose explanation is redacted. */
export function shareable({ hasSecret, hasAnswer, explanation }) {
  if (!explanation.redacted) throw new TypeError('only what is redacted is shared');
  const { report, headline, notes } = explanation;
  const best = report.findings.length > 0 ? bestGroup(explanation) : [];
  return checked({
    hasSecret,
    hasAnswer,
    explanation: {
      report: { ...each(report, ['scheme', 'access_key_id', 'provided_signature', 'expected_signature']), findings: report.findings.map((finding) => ofFinding(finding, best.includes(finding))) },
      headline: { ...headline, places: tellsPlaces(report) ? headline.places : [] },
      tables: toldTables(explanation).map(ofTable),
      notes,
    },
  });
}

/** The members with these names, as long as they are shown; those that are not there stay so. */
function each(members, names, clip = clipped) {
  return { ...members, ...Object.fromEntries(names.filter((name) => members[name]).map((name) => [name, clip(members[name])])) };
}

/** Of a finding that is not of the best explanation, less is shown. */
function ofFinding(finding, isBest) {
  const told = each(each(finding, ['title', 'help'], clippedSentence), ['signed', 'sent']);
  told.fixes = told.fixes?.map((fix) => each(fix, ['line'], clippedSentence));
  return isBest ? told : { ...told, matter: null, signed: null, sent: null, also: [], fixes: undefined };
}

function ofTable(table) {
  const side = (pieces) => pieces && clippedSegments(pieces);
  const rows = toldRows(table).map((row) => {
    if (row.left !== undefined) return row;
    // What is equal is said once, and what stands alone is of the right text.
    return { ...row, signed: table.isPair ? side(row.signed) : null, right: table.isPair && row.same ? null : side(row.right) };
  });
  return { ...table, rows, parting: table.isPair ? table.parting : null };
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

const time = orNull((value) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text(value)) ? value : fail()));
const side = orNull(list(record({ text, differs: truth }), 10_000));
const place = record({ role: text, name: text, line: maybe(number) });
const finding = record({ code: text, matter: orNull(text), certainty: one('proved', 'server', 'seen', 'likely'), group: number, title: text, help: text, signed: orNull(text), sent: orNull(text), also: list(text, 200), fixes: maybe(list(record({ stack: text, line: text }), 30)) });
const row = record({ line: orNull(number), role: text, same: truth, signed: side, right: side });
const gap = record({ left: number });

/** A view of this shape; what a link holds may be anything. */
export const checked = record({
  hasSecret: truth,
  hasAnswer: truth,
  explanation: record({
    report: record({
      verdict: one('valid', 'mismatch', 'rejected', 'undecided'),
      scheme: text,
      access_key_id: text,
      signed_at: time,
      expires_at: time,
      provided_signature: text,
      expected_signature: orNull(text),
      findings: list(finding, 200),
      searched: record({ variants: number, causes: number, depth: number }),
    }),
    headline: record({ places: list(place, 1000), isOrder: truth, isOpen: truth }),
    tables: list(
      record({
        document: one('canonical-request', 'string-to-sign'),
        isPair: truth,
        rows: list((value) => (value !== null && typeof value === 'object' && Object.hasOwn(value, 'left') ? gap(value) : row(value)), 20_000),
        parting: orNull(record({ offset: number, signed: orNull(text), right: orNull(text) })),
        legend: list(record({ sign: text, name: text }), 200),
      }),
      10,
    ),
    notes: list(text, 100),
    redacted: () => true,
    steps: () => [],
  }),
});
