// One folder of the page, the files it shares with other pages, and the package; see build.sh.

import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');

/** What the page imports from beside its folder, and where that is in the built one. */
const PLACES = [['../pages/shared/', 'shared/'], ['../package/', 'package/']];
/** Of the package, what pages load. */
const isOfPages = (file) => /\.(js|wasm|json)$/.test(file) && !/^(cos|kodo|ks3|oss|s3)(-upload)?\./.test(file);

rmSync(dist, { recursive: true, force: true });
const files = [];
const write = (file, content) => {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  writeFileSync(join(dist, file), content);
  files.push(file);
};
/** A module, page or style with its places; how deep it lies is told by its name. */
const placed = (file) => {
  let text = readFileSync(join(here, file), 'utf8');
  const up = '../'.repeat(file.split('/').length - 1);
  for (const [from, to] of PLACES) text = text.replaceAll(`${up}${from}`, `${up || './'}${to}`);
  return text;
};
const walk = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]));

const page = placed('index.html');
const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)[1];
write('index.html', page.replace('<link rel="icon"', '<link rel="manifest" href="manifest.webmanifest">\n<link rel="apple-touch-icon" href="shared/icon-192.png">\n<link rel="icon"'));
for (const file of readdirSync(here)) if (/\.(js|css)$/.test(file) && file !== 'service-worker.js') write(file, placed(file));
for (const file of readdirSync(join(here, 'words'))) write(`words/${file}`, placed(`words/${file}`));
write('manifest.webmanifest', readFileSync(join(here, 'manifest.webmanifest')));
for (const file of readdirSync(join(here, '../pages/shared'))) write(`shared/${file}`, readFileSync(join(here, '../pages/shared', file)));
const pkg = join(here, '../pkg/dist');
for (const path of walk(pkg).filter((path) => isOfPages(relative(pkg, path)))) write(`package/${relative(pkg, path)}`, readFileSync(path));

// The worker keeps these. A file that changed is another version.
const all = files.map((file) => (file === 'index.html' ? './' : file)).sort();
const hash = createHash('sha256');
for (const file of [...files].sort()) hash.update(`${file}\0`).update(readFileSync(join(dist, file)));
const worker = readFileSync(join(here, 'service-worker.js'), 'utf8')
  .replace('@VERSION@', hash.digest('hex').slice(0, 16))
  .replace('/* @FILES@ */', `\n  ${all.map((file) => JSON.stringify(file)).join(',\n  ')},\n`)
  .replace("'@POLICY@'", JSON.stringify(`${policy}; frame-ancestors 'none'`));
writeFileSync(join(dist, 'service-worker.js'), worker);
// Hosts that read such a file send the policy as a header, too.
writeFileSync(join(dist, '_headers'), `/*\n  Content-Security-Policy: ${policy}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n`);
cpSync(join(here, '../../LICENSE-MIT'), join(dist, 'LICENSE'));
