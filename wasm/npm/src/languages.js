// The languages beside English: files of sentences, loaded when somebody wants them.

import { CountersignError, fail } from './core.js';

const TAGS = ['zh'];

/** `loadLanguage`; `beside` gives the file of a language as an object. */
export const languages = (glue, mustBeReady, beside) => {
  const loading = new Map();

  const load = async (lang, given) => {
    let source = given === undefined ? await beside(lang) : await given;
    if (typeof source === 'string' || source instanceof URL) source = await fetch(source);
    if (typeof Response === 'function' && source instanceof Response) {
      if (!source.ok) throw new Error(`the answer to ${source.url} is ${source.status}`);
      source = await source.json();
    }
    const fields = [source.causes, source.phrases].map((rows) => rows.flat().join('\0')).join('\0\0');
    if (!glue.load_sentences(`${source.version}\0${fields}`)) throw new Error('it is no file of sentences of this version');
  };

  return async (lang, source) => {
    mustBeReady();
    if (lang === 'en') return;
    if (!TAGS.includes(lang)) fail('bad-argument', '`lang` is none of en and zh');
    if (!loading.has(lang)) {
      const pending = load(lang, source).catch((error) => {
        loading.delete(lang);
        throw new CountersignError('load-failed', `the sentences of ${lang} could not be loaded: ${error.message}`, error);
      });
      loading.set(lang, pending);
    }
    await loading.get(lang);
  };
};
