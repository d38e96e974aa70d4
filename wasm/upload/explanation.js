// Why the storage refused an upload, from the explanation of the npm package. It is loaded when it is needed for the first time.

import { refusalIn } from './answers.js';

/** Where the package is: the page may say otherwise in `<meta name="countersign-explain">`. */
const PLACE = document.querySelector('meta[name="countersign-explain"]')?.content ?? '../package/explain.js';

let loading = null;

/** The package, or `null` where it is not served. */
function load() {
  loading ??= import(new URL(PLACE, document.baseURI).href)
    .then(async (engine) => {
      await engine.init();
      return engine;
    })
    .catch(() => {
      // The next refusal tries again.
      loading = null;
      return null;
    });
  return loading;
}

/**
 * What is known of a refusal.
 *
 * @param {import('./trouble.js').Trouble} trouble with the answer of the storage
 * @param {{ file: File, allowed: { form?: object } | null, provider: string, lang: 'en' | 'zh' }} about
 * @returns {Promise<{
 *   said: { code: string | null, message: string | null, request: string | null },
 *   proved: { title: string, help: string }[], meetsPolicy: boolean,
 *   meaning: string | null, causes: string[], checks: string[],
 * }>} `said` are the storage's own words; `proved` is what this very form does wrong, and `meetsPolicy` that
 *   it does nothing wrong; the rest is what the code means in general.
 */
export async function explanation(trouble, { file, allowed, provider, lang }) {
  const text = trouble.answer?.text ?? '';
  const known = { said: refusalIn(text), proved: [], meetsPolicy: false, meaning: null, causes: [], checks: [] };
  const engine = await load();
  if (!engine) return known;
  // Without its sentences, English is better than nothing.
  const spoken = await engine.loadLanguage(lang).then(() => lang, () => 'en');
  const form = allowed?.form;
  if (form) {
    known.proved = attempt(() => {
      const sent = { name: file.name, size: file.size, type: file.type };
      const verdict = engine.checkForm({ fields: form.fields, provider, bucket: bucketOf(form), file: sent, lang: spoken });
      known.meetsPolicy = verdict.refusals.length === 0;
      return verdict.refusals.map(({ title, help }) => ({ title, help }));
    }, []);
  }
  if (text) {
    const data = await Promise.resolve(attempt(() => engine.errorInfo(text, { provider, lang }), null)).catch(() => null);
    const entry = data?.known ? data.entries.find((one) => one.provider === provider) ?? data.entries[0] : null;
    if (entry) Object.assign(known, { meaning: entry.meaning, causes: entry.causes, checks: entry.checks });
  }
  return known;
}

/** A fault of the explanation must not hide the refusal itself. */
function attempt(task, otherwise) {
  try {
    return task();
  } catch {
    return otherwise;
  }
}

/** The bucket a form goes to: the policy names it. */
function bucketOf(form) {
  return attempt(() => {
    const policy = JSON.parse(atob(form.fields.find(([name]) => name === 'policy')[1]));
    for (const condition of policy.conditions) {
      if (condition.bucket) return condition.bucket;
      if (Array.isArray(condition) && condition[1] === '$bucket') return condition[2];
    }
    return undefined;
  }, undefined);
}
