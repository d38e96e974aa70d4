import { readFileSync } from 'node:fs';
import { run } from './program.mjs';

console.log(JSON.stringify(await run(JSON.parse(readFileSync('vectors.json', 'utf8')))));
