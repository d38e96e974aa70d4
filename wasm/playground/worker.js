// What takes time, off the page's thread: the package answers one call after another. It loads all it will ever need at once,
// so that nothing is fetched once somebody has pasted something.

import * as explaining from '../package/explain.js';
import * as signing from '../package/index.js';

/** The calls a page may make, by name. */
const CALLS = {
  explain: explaining.explain,
  decode: explaining.decode,
  checkForm: explaining.checkForm,
  lint: explaining.lint,
  errorInfo: ([text, options]) => explaining.errorInfo(text, options),
  schemes: explaining.schemes,
  token: ([policy, who]) => signing.kodo.uploadToken(policy, who),
  form: ([provider, options, who]) => signing[provider].uploadForm(options, who),
  presign: ([provider, options, who]) => signing[provider].presign(options, who),
};

const PROVIDERS = ['oss', 'cos', 'ks3', 'kodo', 's3'];

const ready = Promise.all([
  explaining.init().then(() => Promise.all([explaining.loadLanguage('zh'), explaining.loadStacks()])),
  signing.init(),
  // What is known of error codes is read into memory now, not when the first error is pasted.
  ...PROVIDERS.map((provider) => explaining.errorInfo('200', { provider })),
]);

ready.then(
  () => postMessage({ id: 0, value: { schemes: explaining.schemes(), stacks: explaining.stacks() } }),
  (error) => postMessage({ id: 0, error: said(error) }),
);

onmessage = async ({ data: { id, call, argument } }) => {
  try {
    await ready;
    postMessage({ id, value: await CALLS[call](argument) });
  } catch (error) {
    postMessage({ id, error: said(error) });
  }
};

/** An error as data: a code the page has words for, the sentence of the package, and whether the package broke down over it. */
function said(error) {
  const isBroken = error?.name !== 'CountersignError';
  return { code: isBroken ? 'internal' : error.code, message: String(error?.message ?? error), isBroken };
}
