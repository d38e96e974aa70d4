// What is worked out while somebody types: after a pause, and of several runs only the last is shown.

import { byId, make, say } from '../pages/shared/dom.js';
import { plain, sentence } from './text.js';
import { troubleText } from './trouble.js';

/** The runs of a view, whose `data-state` says whether what it shows is of what stands in its fields. */
export class Runs {
  #view;
  #pause;
  #timer;
  #last = 0;

  constructor(view, pause) {
    this.#view = view;
    this.#pause = pause;
  }

  /** Runs after a pause in typing. */
  later() {
    this.settle(false);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.run(), this.#pause);
  }

  /** Begins a run in place of all others; what it gives says whether none was begun since. */
  begin() {
    clearTimeout(this.#timer);
    this.settle(false);
    this.#last += 1;
    const own = this.#last;
    return () => own === this.#last;
  }

  settle(isSettled) {
    byId(this.#view).dataset.state = isSettled ? 'settled' : 'waiting';
  }

  /** Marks the fields a trouble is about, and no others. */
  markFields(elements) {
    const marked = new Set(elements);
    for (const one of byId(this.#view).querySelectorAll('[aria-invalid]')) if (!marked.has(one)) one.removeAttribute('aria-invalid');
    for (const one of marked) one.setAttribute('aria-invalid', 'true');
  }
}

/** The runs of a view that shows one answer: its `answer()` gives a node, and what a screen reader is to say of it,
 * and its `faulty()` the fields that an error is about. */
export class AnswerRuns extends Runs {
  #place;
  #live;

  constructor(view, pause, { place, live }, words) {
    super(view, pause);
    this.#place = place;
    this.#live = live;
    this.words = words;
  }

  async run() {
    const isLast = this.begin();
    let node, told;
    let faulty = [];
    try {
      [node, told] = await this.answer();
    } catch (error) {
      if (error.code === 'stopped') {
        // The other view ended what the package was doing: it is asked once more.
        if (isLast()) this.run();
        return;
      }
      told = troubleText(error, this.words());
      faulty = this.faulty(error);
      node = make('p', { className: 'card trouble', 'data-trouble': error.code }, ...sentence(plain(told), this.words()));
    }
    if (!isLast()) return;
    byId(this.#place).replaceChildren(node);
    say(byId(this.#live), told);
    this.markFields(faulty);
    this.settle(true);
  }
}
