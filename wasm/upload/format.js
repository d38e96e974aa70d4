// Shares and speeds, beside the sizes and spans of all pages.

import { size } from '../pages/shared/format.js';

export { size, span } from '../pages/shared/format.js';

/** Sizes with as many digits as it takes for them to differ, where they do. */
export function sizesApart(sizes, tag) {
  const different = new Set(sizes).size;
  for (let digits = 1; digits <= 3; digits += 1) {
    const told = sizes.map((bytes) => size(bytes, tag, digits));
    if (new Set(told).size === different) return told;
  }
  const unit = new Intl.NumberFormat(tag, { style: 'unit', unit: 'byte', unitDisplay: 'long' });
  return sizes.map((bytes) => unit.format(bytes));
}

/** `42%` */
export function share(part, whole, tag) {
  return new Intl.NumberFormat(tag, { style: 'percent' }).format(whole > 0 ? Math.floor((part / whole) * 100) / 100 : 1);
}

/** Bytes a second, from what was sent in the last few seconds. */
export class Speed {
  #points = [];

  static #WINDOW = 6_000;

  /** @param {number} sent bytes so far  @param {number} now milliseconds */
  note(sent, now) {
    this.#points.push([now, sent]);
    while (this.#points.length > 2 && this.#points[0][0] < now - Speed.#WINDOW) this.#points.shift();
  }

  /** `null` until it can be said. */
  get perSecond() {
    const [first, last] = [this.#points[0], this.#points.at(-1)];
    if (!first || last[0] - first[0] < 400 || last[1] <= first[1]) return null;
    return ((last[1] - first[1]) * 1000) / (last[0] - first[0]);
  }
}
