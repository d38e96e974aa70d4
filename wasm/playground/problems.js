// What is wrong with a policy, or worth changing.

import { make } from '../pages/shared/dom.js';
import { plain, sentence } from './text.js';

export function drawProblems(problems, words) {
  if (problems.length === 0) return make('p', { className: 'sound' }, words.noProblems);
  const one = ({ code, title, help, at, answer }) =>
    make(
      'li',
      { 'data-code': code },
      make('p', {}, make('code', { className: 'code' }, plain(code)), at === undefined ? null : make('span', { className: 'soft' }, ` ${words.offset(at)}`)),
      make('p', {}, ...sentence(title, words)),
      help ? make('p', { className: 'soft help-text' }, ...sentence(help, words)) : null,
      answer?.code ? make('p', { className: 'soft' }, make('code', {}, [answer.status, answer.code].filter(Boolean).join(' '))) : null,
    );
  return make('section', { className: 'card further problems' }, make('h2', {}, words.problems(problems.length)), make('ul', {}, ...problems.map(one)));
}
