// Prints what `wasm-metadce` is to keep of a file of WebAssembly: its memory and the functions of the crate. Those whose
// names begin with `__` are wasm-bindgen's own.

import { readFileSync } from 'node:fs';

const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(process.argv[2])));
const kept = exported.map(({ name }) => name).filter((name) => !name.startsWith('__'));
const root = { name: 'package', root: true, reaches: kept };
console.log(JSON.stringify([root, ...kept.map((name) => ({ name, export: name }))]));
