import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const beside = () => readFile(join(__dirname, 'NAME.wasm'));

export const besideErrors = async (provider) => JSON.parse(await readFile(join(__dirname, `errors/${provider}.json`), 'utf8'));
