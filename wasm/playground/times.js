// Points in time, as people read them.

/** Seconds of each unit, the largest first. */
const UNITS = [['year', 31_536_000], ['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

/** `2026-05-01 08:30:15 UTC, 3 min ago`; without `now`, in milliseconds, the time alone. */
export function when(time, now, words) {
  const utc = `${time.replace('T', ' ').replace('Z', '')} UTC`;
  const at = Date.parse(time);
  if (now === null || !Number.isFinite(at)) return utc;
  const seconds = Math.round((at - now) / 1000);
  const [unit, length] = UNITS.find(([, own]) => Math.abs(seconds) >= own) ?? UNITS.at(-1);
  const span = new Intl.NumberFormat(words.tag, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.floor(Math.abs(seconds) / length));
  return `${utc}${words.lang === 'zh' ? '，' : ', '}${seconds < 0 ? words.ago(span) : words.ahead(span)}`;
}

/** The clock that was asked for as milliseconds, `undefined` for none, `null` for what is no time. */
export function clock(text) {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const isTime = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i.test(trimmed);
  // Without a zone it is that of the servers, not of this machine.
  const time = isTime ? Date.parse(/(Z|[+-]\d\d:?\d\d)$|^\d{4}-\d\d-\d\d$/i.test(trimmed) ? trimmed.replace(' ', 'T') : `${trimmed.replace(' ', 'T')}Z`) : Number.NaN;
  // The 30th of February would be the 2nd of March.
  const [year, month, day] = trimmed.split(/\D/, 3).map(Number);
  const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
  return Number.isFinite(time) && isDay ? time : null;
}
