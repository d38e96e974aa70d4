// In pages, bundlers and workers the files lie beside the module; bundlers know this form.
export const beside = () => new URL('./NAME.wasm', import.meta.url);

const BOOKS = {
  cos: () => new URL('./errors/cos.json', import.meta.url),
  kodo: () => new URL('./errors/kodo.json', import.meta.url),
  ks3: () => new URL('./errors/ks3.json', import.meta.url),
  oss: () => new URL('./errors/oss.json', import.meta.url),
  s3: () => new URL('./errors/s3.json', import.meta.url),
};
export const besideErrors = async (provider) => (await fetch(BOOKS[provider]())).json();

const LANGUAGES = {
  zh: () => new URL('./languages/zh.json', import.meta.url),
};
export const besideLanguage = (lang) => LANGUAGES[lang]();

export const besideStacks = () => new URL('./stacks.json', import.meta.url);
