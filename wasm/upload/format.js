// Sizes, spans of time and shares, in a language.

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** `4.2 MB`, of 1000 kB. */
export function size(bytes, tag) {
  const step = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const number = bytes / 1000 ** step;
  const digits = step === 0 || number >= 100 ? 0 : 1;
  const unitDisplay = step === 0 ? 'long' : 'short';
  return new Intl.NumberFormat(tag, { style: 'unit', unit: UNITS[step], unitDisplay, maximumFractionDigits: digits }).format(number);
}

/** `3 min 20 s`; the smaller half is left out where it tells nothing. */
export function span(seconds, tag) {
  const whole = Math.max(1, Math.round(seconds));
  const unit = (number, name) => new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: 'short' }).format(number);
  if (whole < 60) return unit(whole, 'second');
  if (whole < 3600) return joined(unit(Math.floor(whole / 60), 'minute'), whole < 600 && whole % 60 ? unit(whole % 60, 'second') : '');
  const minutes = Math.round((whole % 3600) / 60);
  return joined(unit(Math.floor(whole / 3600), 'hour'), minutes && minutes < 60 ? unit(minutes, 'minute') : '');
}

function joined(first, second) {
  return second ? `${first} ${second}` : first;
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
