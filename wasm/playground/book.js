// What an error code means, where there is nothing but an error.

import { make } from '../pages/shared/dom.js';
import { sentence, shown } from './text.js';

/** Entries of one error that are shown. */
const MOST = 4;

export function drawErrors(info, words) {
  const section = (name, lines) => (lines.length === 0 ? [] : [make('h3', {}, name), make('ul', {}, ...lines.map((line) => make('li', {}, ...sentence(line, words))))]);
  const entry = ({ provider, code, ec, status, meaning, causes, checks }) =>
    make(
      'article',
      { className: 'card error-entry', 'data-code': code ?? ec ?? '' },
      make('p', { className: 'verdict-top' }, make('span', { className: 'pill' }, words.exampleOf[provider] ?? provider), make('code', {}, ...shown([status, code, ec].filter(Boolean).join(' '), words))),
      make('h2', { className: 'headline' }, ...sentence(meaning, words)),
      ...section(words.errorCauses, causes),
      ...section(words.errorChecks, checks),
    );
  return make(
    'div',
    { className: 'result' },
    make('p', { className: 'notice' }, info.known ? words.pasteRequest : `${words.nearest}`),
    ...info.entries.slice(0, info.known ? MOST : 1).map(entry),
  );
}
