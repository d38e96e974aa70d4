import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const beside = () => readFile(join(__dirname, 'NAME.wasm'));

const json = async (path) => JSON.parse(await readFile(join(__dirname, path), 'utf8'));
export const besideErrors = (provider) => json(`errors/${provider}.json`);
export const besideLanguage = (lang) => json(`languages/${lang}.json`);
export const besideStacks = () => json('stacks.json');
