// Two small pictures, drawn here, so that the page has something to show.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG of 240 by 240, coloured by a function of place. */
function png(colour) {
  const side = 240;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2], 8);
  const rows = Array.from({ length: side }, (_, y) => [0, ...Array.from({ length: side }, (__, x) => colour(x / side, y / side)).flat()]);
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.from(rows.flat()))), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks]);
}

/** Writes them into a folder; their paths. */
export function pictures(folder) {
  const harbour = png((x, y) => (y < 0.55 + 0.03 * Math.sin(x * 20) ? [90 + 120 * y, 160 + 60 * y, 225] : [30, 80 + 60 * y, 130]));
  const meadow = png((x, y) => (y < 0.5 + 0.12 * Math.sin(x * 5) ? [170, 210, 240] : [70 + 40 * x, 150 - 40 * y, 60]));
  return Object.entries({ 'harbour.png': harbour, 'meadow.png': meadow }).map(([name, bytes]) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  });
}
