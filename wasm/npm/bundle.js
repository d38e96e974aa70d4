// Puts the package together from the modules in src and the files of WebAssembly: into wasm/pkg.

import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, '../build');
const pkg = join(here, '../pkg');

const version = /^version = "(.*)"$/m.exec(readFileSync(join(here, '../../Cargo.toml'), 'utf8'))[1];

/** The entries: where they are imported from, their module in src/entries, and their WebAssembly. */
export const ENTRIES = [
  ['.', 'index', 'sign'],
  ['./upload', 'sign-upload', 'sign-upload'],
  ...['cos', 'kodo', 'ks3', 'oss', 's3'].flatMap((name) => [
    [`./${name}`, name, name],
    [`./${name}/upload`, `${name}-upload`, `${name}-upload`],
  ]),
  ['./explain', 'explain', 'explain'],
];

/** Modules that are not there but stand for a part of the build. */
const virtual = (wasm, platform) => ({
  name: 'countersign',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^countersign:/ }, ({ path }) => ({ path, namespace: 'countersign' }));
    onLoad({ filter: /.*/, namespace: 'countersign' }, ({ path }) => ({
      contents: path === 'countersign:glue' ? glue(wasm) : readFileSync(join(here, `src/platforms/${platform}.js`), 'utf8').replaceAll('NAME', wasm),
      resolveDir: built,
    }));
  },
});

/** What wasm-bindgen wrote, with the name of the module it imports its functions by. */
const glue = (wasm) => `export * as glue from './${wasm}/${wasm}_bg.js'; export const imported = './${wasm}_bg.js';`;

const made = (platform, format, module, wasm, extension) =>
  build({
    entryPoints: [join(here, 'src/entries', `${module}.js`)],
    outfile: join(pkg, 'dist', `${module}${extension}`),
    bundle: true,
    format,
    minify: true,
    target: platform === 'node' ? 'node20' : 'es2022',
    platform: platform === 'node' ? 'node' : 'neutral',
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [virtual(wasm, platform)],
  });

/** What pages download is minified once more: terser leaves out a thirtieth of what esbuild leaves. */
const smaller = async (file) => {
  const { code } = await minify(readFileSync(file, 'utf8'), { module: true, ecma: 2022, compress: { passes: 3 }, format: { preserve_annotations: true } });
  writeFileSync(file, code);
};

rmSync(pkg, { recursive: true, force: true });
mkdirSync(join(pkg, 'dist'), { recursive: true });
const exported = {};
for (const [name, module, wasm] of ENTRIES) {
  const binary = join(built, `${wasm}.wasm`);
  if (!existsSync(binary)) {
    console.warn(`${name} is left out: ${wasm}.wasm was not built`);
    continue;
  }
  cpSync(binary, join(pkg, 'dist', `${wasm}.wasm`));
  await made('page', 'esm', module, wasm, '.js');
  await smaller(join(pkg, 'dist', `${module}.js`));
  await made('node', 'cjs', module, wasm, '.cjs');
  // Node has one instance of each entry, whichever way it is loaded: a key of one is a key of the other.
  const { [`${module}.js`]: names } = await exportsOf(module);
  writeFileSync(join(pkg, 'dist', `${module}.node.mjs`), `import all from './${module}.cjs';\nexport const { ${names.join(', ')} } = all;\n`);
  const types = `./types/${module}.d.ts`;
  exported[name] = {
    node: {
      import: { types, default: `./dist/${module}.node.mjs` },
      require: { types: `./types/${module}.d.cts`, default: `./dist/${module}.cjs` },
    },
    types,
    default: `./dist/${module}.js`,
  };
  exported[`./${wasm}.wasm`] = `./dist/${wasm}.wasm`;
}
mkdirSync(join(pkg, 'types'));
for (const file of readdirSync(join(here, 'types'))) {
  const text = readFileSync(join(here, 'types', file), 'utf8');
  writeFileSync(join(pkg, 'types', file), text);
  // The same for who requires: what a file is, its ending says.
  writeFileSync(join(pkg, 'types', file.replace(/ts$/, 'cts')), text.replace(/(from '\.\/[a-z0-9-]+)\.js'/g, "$1.cjs'"));
}
if (existsSync(join(pkg, 'dist/explain.js'))) {
  const data = join(here, '../../crates/errors/data');
  mkdirSync(join(pkg, 'dist/errors'));
  for (const file of readdirSync(data)) writeFileSync(join(pkg, 'dist/errors', file), JSON.stringify(JSON.parse(readFileSync(join(data, file), 'utf8'))));
  exported['./errors/*.json'] = './dist/errors/*.json';
  mkdirSync(join(pkg, 'dist/languages'));
  cpSync(join(built, 'zh.json'), join(pkg, 'dist/languages/zh.json'));
  exported['./languages/*.json'] = './dist/languages/*.json';
  const lines = readFileSync(join(here, '../../crates/stacks/data/lines.json'), 'utf8');
  writeFileSync(join(pkg, 'dist/stacks.json'), JSON.stringify(JSON.parse(lines)));
  exported['./stacks.json'] = './dist/stacks.json';
}
for (const file of ['README.md', 'README.zh.md']) if (existsSync(join(here, '..', file))) cpSync(join(here, '..', file), join(pkg, file));
for (const file of ['LICENSE-APACHE', 'LICENSE-MIT']) cpSync(join(here, '../..', file), join(pkg, file));
exported['./package.json'] = './package.json';
writeFileSync(
  join(pkg, 'package.json'),
  `${JSON.stringify(
    {
      name: 'countersign',
      version,
      description: 'Signs uploads to OSS, COS, KS3, Kodo and S3 in WebAssembly, and explains why a signature does not match',
      license: 'MIT OR Apache-2.0',
      keywords: ['oss', 'cos', 'ks3', 'kodo', 'qiniu', 's3', 'upload', 'signature', 'presign', 'SignatureDoesNotMatch'],
      type: 'module',
      sideEffects: false,
      engines: { node: '>=20' },
      exports: exported,
      main: './dist/index.cjs',
      types: './types/index.d.ts',
      files: ['dist', 'types', 'README.zh.md', 'LICENSE-APACHE', 'LICENSE-MIT'],
    },
    null,
    2,
  )}\n`,
);

/** The names a module exports. */
async function exportsOf(module) {
  const { metafile } = await build({
    entryPoints: [join(here, 'src/entries', `${module}.js`)],
    bundle: true,
    format: 'esm',
    write: false,
    metafile: true,
    outdir: '/',
    platform: 'neutral',
    logLevel: 'error',
    plugins: [virtual(ENTRIES.find(([, own]) => own === module)[2], 'page')],
  });
  return Object.fromEntries(Object.entries(metafile.outputs).map(([path, { exports }]) => [path.split('/').pop(), exports]));
}
