// Several requests of one input: a table, from which one is chosen.

import { make } from '../pages/shared/dom.js';
import { headline } from './headline.js';
import { plain, sentence, shown } from './text.js';

/** Requests that are judged. */
export const MOST_REQUESTS = 100;

export class Requests {
  #rows = [];

  /**
   * @param {HTMLElement} place
   * @param {(pick: number) => void} choose
   */
  constructor(place, choose) {
    this.place = place;
    this.choose = choose;
  }

  clear() {
    this.place.replaceChildren();
    this.#rows = [];
  }

  /** Draws what is known before any of them is judged. */
  draw(requests, picked, words) {
    const titles = words.columns;
    const listed = requests.slice(0, MOST_REQUESTS);
    this.#rows = listed.map((request, at) => this.#row(request, at, words));
    const head = make('tr', {}, ...Object.values(titles).map((title) => make('th', { scope: 'col' }, title)));
    const left = requests.length - listed.length;
    this.place.replaceChildren(
      make(
        'section',
        { className: 'card requests' },
        make('h2', {}, words.requests(requests.length)),
        make('div', { className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': words.requests(requests.length) }, make('table', {}, make('thead', {}, head), make('tbody', {}, ...this.#rows.map(({ row }) => row)))),
        left > 0 ? make('p', { className: 'soft small' }, words.requestsLeftOut(left)) : null,
      ),
    );
    this.pick(picked);
  }

  #row({ kind, method, url, scheme }, at, words) {
    const button = make('button', { type: 'button', className: 'small quiet', 'aria-label': words.showRequest(at + 1), on: { click: () => this.choose(at) } }, String(at + 1));
    const verdict = make('td', { className: 'verdict-cell' }, '…');
    const cause = make('td', { className: 'cause' });
    const row = make(
      'tr',
      { on: { click: (event) => event.target.closest('button') ?? this.choose(at) } },
      make('td', {}, button),
      make('td', {}, method ?? words.kinds[kind] ?? kind),
      make('td', { className: 'url' }, make('code', {}, ...shown(url ?? '', words, 200))),
      make('td', {}, make('code', {}, scheme ?? '')),
      verdict,
      cause,
    );
    return { row, button, verdict, cause };
  }

  /** Marks the one that is shown. */
  pick(picked) {
    this.#rows.forEach(({ row, button }, at) => {
      row.classList.toggle('picked', at === picked);
      if (at === picked) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    });
  }

  /** Says what came of one. */
  judged(at, explanation, words, hasSecret) {
    const found = this.#rows[at];
    if (!found) return;
    const { report } = explanation;
    found.row.dataset.verdict = report.verdict;
    found.verdict.replaceChildren(make('span', { className: 'state' }, words.verdicts[report.verdict]));
    const [best] = report.findings;
    const said = () => (report.verdict === 'valid' ? [] : sentence(headline(explanation, words, { hasSecret }).text, words));
    found.cause.replaceChildren(...(best ? [make('code', {}, plain(best.code))] : said()));
  }

  /** Says that nothing can be told of one. */
  failed(at, text) {
    const found = this.#rows[at];
    found?.verdict.replaceChildren('—');
    found?.cause.replaceChildren(text);
  }
}
