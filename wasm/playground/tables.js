// Two signed texts beside each other, so that the bytes that differ can be seen.

import { make } from '../pages/shared/dom.js';
import { named, plain, segments, sentence } from './text.js';

/** Rows that are shown of one table. */
const MOST_ROWS = 300;
/** Equal rows that are shown around those that differ, where some are left out. */
const AROUND = 3;

/** The tables of an explanation that are shown: without a cause all texts are of use, with one those that differ. */
export function toldTables({ tables, headline: { isOpen } }) {
  return tables.filter(({ isPair }) => isOpen || isPair);
}

/** The rows of a table that are shown, with `{ left }` where some are left out. */
export function toldRows({ rows }) {
  const isKept = kept(rows);
  const told = [];
  rows.forEach((row, at) => {
    if (isKept[at]) told.push(row);
    else if (told.at(-1)?.left === undefined || isKept[at - 1]) told.push({ left: 1 });
    else told.at(-1).left += 1;
  });
  return told;
}

/** A table as a section of the page, which is to be opened if it is `folded`. */
export function drawTable(table, words, folded = false) {
  const name = words.documents[table.document];
  const columns = table.isPair ? [words.signedSide, words.rightSide] : [words.right];
  const gap = (left) => make('tr', { className: 'gap' }, make('td', { colSpan: columns.length + 1 }, words.rowsLeftOut(left)));
  const body = make('tbody', {}, ...toldRows(table).map((row) => (row.left === undefined ? drawRow(row, table.isPair, words) : gap(row.left))));
  return make(
    'details',
    { className: 'card texts', 'data-document': table.document, open: !folded },
    make('summary', {}, make('h3', {}, name), folded ? make('span', { className: 'soft' }, ` ${words.digestAlone}`) : null),
    make(
      'div',
      { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': name },
      make(
        'table',
        { className: table.isPair ? 'pair' : 'single' },
        make('thead', {}, make('tr', {}, make('th', { scope: 'col', className: 'line' }, words.part), ...columns.map((column) => make('th', { scope: 'col' }, column)))),
        body,
      ),
    ),
    foot(table, words),
  );
}

function drawRow({ line, role, same, signed, right }, isPair, words) {
  const label = make('th', { scope: 'row' }, make('span', { className: 'number' }, line === null ? '' : String(line)), role === '' ? '' : plain(words.role(role)));
  if (!same && isPair) label.prepend(make('span', { className: 'unseen' }, `${words.differs}: `));
  const row = make('tr', { className: same || !isPair ? '' : 'differs' }, label);
  if (isPair) row.append(cell(signed, 'signed', words, words.signedSide));
  // What is equal is said once.
  if (isPair && same) row.append(make('td', { className: 'equal', 'data-side': words.rightSide }, '=', make('span', { className: 'unseen' }, ` ${words.equal}`)));
  else row.append(cell(right, 'right', words, words.rightSide));
  return row;
}

function cell(pieces, side, words, name) {
  const empty = () => make('span', { className: 'none' }, '∅', make('span', { className: 'unseen' }, ` ${words.nothing}`));
  const content = !pieces || pieces.length === 0 ? [empty()] : segments(pieces, words);
  return make('td', { className: side, 'data-side': name }, make('code', {}, ...content));
}

/** Which rows are shown: all, or those that differ and their neighbours. Of a shared link the others are gone already. */
function kept(rows) {
  if (rows.filter(({ left }) => left === undefined).length <= MOST_ROWS) return rows.map(() => true);
  const near = rows.map(() => false);
  let left = MOST_ROWS;
  rows.forEach(({ same }, at) => {
    if (same) return;
    for (let around = Math.max(0, at - AROUND); around <= Math.min(rows.length - 1, at + AROUND); around += 1) {
      if (!near[around] && left > 0) {
        near[around] = true;
        left -= 1;
      }
    }
  });
  for (let at = 0; at < rows.length && left > 0; at += 1) {
    if (!near[at]) {
      near[at] = true;
      left -= 1;
    }
  }
  return near;
}

/** Where the texts part, and what the signs mean. */
function foot({ parting, legend }, words) {
  const lines = [];
  if (parting) {
    const name = (side) => side ?? words.endOfText;
    lines.push(make('p', {}, ...sentence(words.parting(parting.offset, name(parting.signed), name(parting.right)), words)));
  }
  if (legend.length > 0) {
    const signs = legend.flatMap(({ sign, name }) => [make('code', {}, plain(sign)), ` ${plain(named(words.legend, name))}   `]);
    lines.push(make('p', { className: 'legend' }, ...signs));
  }
  return lines.length === 0 ? null : make('div', { className: 'under' }, ...lines);
}
