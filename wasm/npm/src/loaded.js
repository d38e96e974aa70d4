// Files of data beside English: sentences of a language, lines to change. They are loaded when somebody wants them.

import { CountersignError, fail } from './core.js';

/** What a source gives: the file beside the module, an address, an answer of `fetch`, or what the file holds. */
const content = async (beside, given) => {
  let source = given === undefined ? await beside() : await given;
  if (typeof source === 'string' || source instanceof URL) source = await fetch(source);
  if (typeof Response === 'function' && source instanceof Response) {
    if (!source.ok) throw new Error(`the answer to ${source.url} is ${source.status}`);
    source = await source.json();
  }
  return source;
};

/** Loads each file once; `take` says whether it is one. */
const once = (what, take) => {
  const loading = new Map();
  return (name, beside, given) => {
    if (!loading.has(name)) {
      const load = async () => {
        if (!take(await content(beside, given))) throw new Error('it is no such file of this version');
      };
      const pending = load().catch((error) => {
        loading.delete(name);
        throw new CountersignError('load-failed', `${what(name)} could not be loaded: ${error.message}`, error);
      });
      loading.set(name, pending);
    }
    return loading.get(name);
  };
};

const TAGS = ['zh'];

/** `loadLanguage`; `beside` gives the file of a language as an object. */
export const languages = (glue, mustBeReady, beside) => {
  const load = once(
    (lang) => `the sentences of ${lang}`,
    ({ version, causes, phrases }) => glue.load_sentences(`${version}\0${[causes, phrases].map((rows) => rows.flat().join('\0')).join('\0\0')}`),
  );
  return async (lang, source) => {
    mustBeReady();
    if (lang === 'en') return;
    if (!TAGS.includes(lang)) fail('bad-argument', '`lang` is none of en and zh');
    await load(lang, () => beside(lang), source);
  };
};

/** `loadStacks`; `beside` gives the file of lines as an object. */
export const lines = (glue, mustBeReady, beside) => {
  const load = once(
    () => 'the lines to change',
    (all) => glue.load_lines(JSON.stringify(all)),
  );
  return async (source) => {
    mustBeReady();
    await load('stacks', beside, source);
  };
};
