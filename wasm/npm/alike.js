// Names the functions of a file of WebAssembly by their places in an order in which what is alike stands close together, for
// `wasm-opt --reorder-functions-by-name` to put them there: gzip compares with the last 32 kB alone.
//
//   node alike.js IN OUT FIRST     the functions with numbers below FIRST keep such numbers, in another order

import { readFileSync, writeFileSync } from 'node:fs';

const [, , input, output, first] = process.argv;
/** Functions are alike by the runs of so many bytes that are in both. */
const RUN = 6;
/** A run that is in more functions is never far away. */
const COMMON = 300;
/** How far back gzip looks, less a little. */
const SEEN = 30_000;

const [CUSTOM, IMPORT, CODE] = [0, 2, 10];
const FUNCTION_NAMES = 1;

const file = readFileSync(input);
let at = 8;
const number = () => {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = file[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return value;
  }
};
const bytes = (length) => file.subarray(at, (at += length));

/** All but the custom sections, of which only that of names is used, and written anew. */
const kept = [file.subarray(0, at)];
const bodies = [];
let imported = 0;
while (at < file.length) {
  const start = at;
  const section = file[at++];
  const end = number() + at;
  if (section === IMPORT) {
    for (let left = number(); left > 0; left--) {
      bytes(number());
      bytes(number());
      if (file[at++] !== 0) throw new Error('something other than a function is imported');
      number();
      imported++;
    }
  } else if (section === CODE) {
    for (let left = number(); left > 0; left--) bodies.push(bytes(number()));
  }
  if (section !== CUSTOM) kept.push(file.subarray(start, end));
  at = end;
}

/** Which functions a run is in. */
const places = new Map();
for (const [index, body] of bodies.entries()) {
  for (let from = 0; from + RUN <= body.length; from++) {
    const run = body.latin1Slice(from, from + RUN);
    const those = places.get(run);
    if (those === undefined) places.set(run, [index]);
    else if (those.at(-1) !== index) those.push(index);
  }
}
/** The runs of each function that are in others, too. `near` counts in how many of those that were taken last. */
const runs = bodies.map(() => []);
for (const those of places.values()) {
  if (those.length === 1 || those.length > COMMON) continue;
  const run = { those, near: 0 };
  for (const index of those) runs[index].push(run);
}

const order = [];
/** How many runs of each function are near. */
const known = new Float64Array(bodies.length);
/** Between the number of its runs that are near and their share of it: by the share alone, the least functions come first. */
const weights = bodies.map((body) => (body.length + 8) ** 0.7);
let [oldest, seen] = [0, 0];

const take = (taken) => {
  order.push(taken);
  seen += bodies[taken].length;
  for (const run of runs[taken]) if (run.near++ === 0) for (const index of run.those) known[index]++;
  for (; seen > SEEN && oldest < order.length - 1; oldest++) {
    seen -= bodies[order[oldest]].length;
    for (const run of runs[order[oldest]]) if (--run.near === 0) for (const index of run.those) known[index]--;
  }
};
/** Takes them all, each time the one of which most is known. */
const takeAll = (left) => {
  while (left.size > 0) {
    let [best, most] = [0, -1];
    for (const index of left) {
      const part = known[index] / weights[index];
      if (part > most) [best, most] = [index, part];
    }
    left.delete(best);
    take(best);
  }
};
const all = bodies.map((_, index) => index);
const low = Math.max(0, first - imported);
takeAll(new Set(all.slice(0, low)));
takeAll(new Set(all.slice(low)));

const leb = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)]);
const name = (text) => Buffer.from([...leb(text.length), ...Buffer.from(text)]);
const section = (id, parts) => Buffer.concat([Buffer.from([id]), Buffer.from(leb(Buffer.concat(parts).length)), ...parts]);

const named = [];
for (const [place, index] of order.entries()) {
  named[index] = [Buffer.from(leb(index + imported)), name(String(place).padStart(6, '0'))];
}
const names = section(FUNCTION_NAMES, [Buffer.from(leb(named.length)), ...named.flat()]);
writeFileSync(output, Buffer.concat([...kept, section(CUSTOM, [name('name'), names])]));
