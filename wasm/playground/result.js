// An explanation on the page: the verdict, the causes with their proofs, both texts, the derivation. It is drawn alike from
// a request and from a shared link.

import { make } from '../pages/shared/dom.js';
import { bestGroup, headline } from './headline.js';
import { drawTable, toldTables } from './tables.js';
import { copyButton, named, plain, sentence, shown } from './text.js';
import { when } from './times.js';

const SIGNS = { valid: '✓', mismatch: '✕', rejected: '!', undecided: '?' };

/**
 * @param {import('../npm/types/explain.d.ts').Explanation} explanation
 * @param {object} words
 * @param {{ hasSecret: boolean, hasAnswer: boolean, now: number | null, actions?: Node[], level?: 2 | 3 }} setting
 *   `now` is the clock that times are told by; without one they are told alone
 */
export function drawResult(explanation, words, setting) {
  const { report, steps, notes, headline: { isOpen } } = explanation;
  // Where nothing but the digest of a text differs that is shown, it is there to be opened.
  const isDigest = (table) => !isOpen && table.rows.every(({ role, same }) => same || role === 'digest');
  return make(
    'div',
    { className: 'result' },
    drawVerdict(explanation, words, setting),
    ...toldTables(explanation).sort((a, b) => isDigest(a) - isDigest(b)).map((table) => drawTable(table, words, isDigest(table))),
    drawFurther(report, words),
    drawFacts(report, words, setting),
    steps.length > 0 ? drawSteps(steps, words) : null,
    drawNotes(notes, words),
  );
}

function drawVerdict(explanation, words, setting) {
  const { report, redacted, headline: { isOpen } } = explanation;
  const { text, standing } = headline(explanation, words, setting);
  const pills = standing ? [words.certainties[standing.certainty], ...standing.matters.map((matter) => plain(named(words.matters, matter)))] : [];
  const group = report.findings.length > 0 ? bestGroup(explanation) : [];
  return make(
    'article',
    { className: 'card verdict', 'data-verdict': report.verdict },
    make(
      'div',
      { className: 'verdict-top' },
      make('p', { className: 'badge' }, make('span', { 'aria-hidden': 'true' }, SIGNS[report.verdict]), words.verdicts[report.verdict]),
      ...pills.map((pill, at) => make('span', { className: at === 0 ? `pill ${standing.certainty}` : 'pill' }, pill)),
      redacted ? make('span', { className: 'pill' }, words.redacted) : null,
      make('span', { className: 'grow' }),
      ...(setting.actions ?? []),
    ),
    make(`h${setting.level ?? 2}`, { className: 'headline' }, ...sentence(text, words)),
    ...group.map((finding, at) => drawFinding(finding, { isLast: at + 1 === group.length, mistakes: group.length, said: text, report, words })),
    drawStacks(explanation, group, words),
    isOpen ? drawOpen(report, words, setting) : null,
  );
}

function drawFinding(finding, { isLast, mistakes, said, report, words }) {
  const { code, title, help, signed, sent, also, certainty } = finding;
  const facts = make('dl', { className: 'facts' });
  const fact = (name, className, ...value) => facts.append(make('div', { className }, make('dt', {}, name), make('dd', {}, ...value)));
  const beside = (own, other) => (own ? [make('code', {}, ...shown(own, words))] : other ? [make('code', { className: 'none' }, '∅'), make('span', { className: 'unseen' }, words.nothing)] : null);
  const [left, right] = [beside(signed, sent), beside(sent, signed)];
  if (left) fact(words.signed, 'signed', ...left);
  if (right) fact(words.sent, 'right', ...right);
  if (certainty !== 'proved' || isLast) {
    const proof = certainty === 'proved' ? words.proofs.proved(elided(report.provided_signature), mistakes) : words.proofs[certainty];
    fact(words.proof, `proof ${certainty}`, ...sentence(proof, words));
  }
  if (also.length > 0) fact(words.also, 'also', ...also.map((one) => make('code', {}, ...shown(one, words))));
  return make(
    'div',
    { className: 'finding', 'data-code': code },
    make('p', {}, make('code', { className: 'code' }, ...shown(code, words))),
    said.endsWith(title) ? null : make('p', { className: 'title' }, ...sentence(title, words)),
    facts.children.length > 0 ? facts : null,
    drawFix(finding, words),
  );
}

/** What to do, and the line to change in what it is made with. */
function drawFix({ help, fixes = [] }, words) {
  if (!help && fixes.length === 0) return null;
  return make(
    'div',
    { className: 'fix' },
    make('p', { className: 'fix-name' }, words.fix),
    help ? make('p', { className: 'help-text' }, ...sentence(help, words)) : null,
    ...fixes.map(({ stack, line }) => make('p', { className: 'help-text', 'data-stack': stack }, make('strong', {}, ...shown(stack, words)), ' ', ...sentence(line, words))),
  );
}

/** That there would be a line to change, if it were known for what. */
function drawStacks({ report, stacks }, group, words) {
  // A link tells what was found, and nothing of what else there is.
  const known = stacks?.known ?? [];
  if (report.verdict === 'valid' || known.length === 0 || group.some(({ fixes }) => fixes)) return null;
  return make('p', { className: 'soft small' }, words.fixFor(known));
}

/** What would decide, where nothing is proved. */
function drawOpen(report, words, { hasSecret, hasAnswer }) {
  const notes = words.openNotes;
  const lines = hasSecret
    ? [report.findings.length === 0 && report.verdict === 'mismatch' ? notes.rest : null, hasAnswer ? null : notes.noAnswer, report.verdict === 'mismatch' && report.searched.depth === 2 ? notes.deeper : null]
    : [notes.noSecret];
  const all = lines.filter(Boolean);
  return all.length === 0 ? null : make('ul', { className: 'open' }, ...all.map((line) => make('li', {}, line)));
}

function drawFurther({ findings }, words) {
  const rest = findings.filter(({ group }) => group !== findings[0].group);
  if (rest.length === 0) return null;
  const one = ({ code, title, help, certainty }) =>
    make(
      'li',
      { 'data-code': code },
      make('p', {}, make('code', { className: 'code' }, ...shown(code, words)), ' ', make('span', { className: `pill ${certainty}` }, words.certainties[certainty])),
      make('p', {}, ...sentence(title, words)),
      help ? make('p', { className: 'soft help-text' }, ...sentence(help, words)) : null,
    );
  return make('section', { className: 'card further' }, make('h3', {}, words.further), make('ul', {}, ...rest.map(one)));
}

function drawSteps(steps, words) {
  const one = ({ what, command, value }) =>
    make(
      'li',
      {},
      make('div', { className: 'step-head' }, make('p', {}, ...sentence(what, words)), copyButton(command, what, words)),
      make('pre', { className: 'command', tabIndex: 0 }, ...shown(command, words, 4000)),
      value === null ? make('p', { className: 'soft small' }, words.keyHidden) : make('pre', { className: 'value', tabIndex: 0 }, ...shown(value, words, 4000)),
    );
  return make(
    'details',
    { className: 'card steps', open: true },
    make('summary', {}, make('h3', {}, words.derivation)),
    make('p', { className: 'soft small' }, words.derivationHelp),
    make('ol', {}, ...steps.map(one)),
  );
}

function drawFacts(report, words, { now }) {
  const names = words.factNames;
  const list = make('dl', { className: 'facts wide' });
  const fact = (name, value, isCode = true) => {
    if (value) list.append(make('div', {}, make('dt', {}, name), make('dd', {}, isCode ? make('code', {}, ...shown(value, words)) : value)));
  };
  fact(names.scheme, report.scheme);
  fact(names.accessKeyId, report.access_key_id);
  fact(names.signedAt, report.signed_at && when(report.signed_at, now, words), false);
  fact(names.expiresAt, report.expires_at && when(report.expires_at, now, words), false);
  fact(names.provided, report.provided_signature);
  if (report.expected_signature !== report.provided_signature) fact(names.expected, report.expected_signature);
  if (report.searched.variants > 0) fact(names.searched, words.searched(report.searched), false);
  return make('section', { className: 'card about' }, make('h3', { className: 'unseen' }, words.facts), list);
}

/** What is to be known of how the input was read: the package's own codes. */
function drawNotes(notes, words) {
  if (notes.length === 0) return null;
  return make('ul', { className: 'notes' }, ...notes.map((code) => make('li', {}, ...sentence(named(words.notes, code), words))));
}

/** Signatures up to this length are quoted whole. */
const WHOLE = 24;

function elided(signature) {
  return signature.length <= WHOLE ? signature : `${signature.slice(0, 4)}…${signature.slice(-4)}`;
}
