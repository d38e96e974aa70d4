// Sizes and spans of time, in a language.

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** `4.2 MB`, of 1000 kB; of `places` behind the point, those that tell something. */
export function size(bytes, tag, places = 1) {
  const step = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const number = bytes / 1000 ** step;
  const digits = step === 0 || (number >= 100 && places === 1) ? 0 : places;
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
