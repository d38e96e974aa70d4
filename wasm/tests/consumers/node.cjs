const { readFileSync } = require('node:fs');
const all = require('countersign');
const cos = require('countersign/cos');
const explainer = require('countersign/explain');
const kodo = require('countersign/kodo');
const ks3 = require('countersign/ks3');
const oss = require('countersign/oss');
const s3 = require('countersign/s3');
const entries = { cos, kodo, ks3, oss, s3 };

(async () => {
  // The harness is a module; the package is not loaded by it.
  const { compareAll, faults } = await import('./compare.mjs');
  await Promise.all([all, explainer, ...Object.values(entries)].map(({ init }) => init()));
  const results = compareAll(({ provider }) => [all[provider], entries[provider]], JSON.parse(readFileSync('vectors.json', 'utf8')));
  // Whoever imports and whoever requires it have the same module: a key of one is a key of the other.
  const imported = await import('countersign/kodo');
  const key = new kodo.Key({ accessKeyId: 'CSIDEXAMPLE0001', secretAccessKey: 'madeUpSecretOnlyForThisExample' });
  const token = imported.uploadToken({ bucket: 'photos', deadline: 1773504566000 }, key);
  const { known } = await explainer.errorInfo('SignatureDoesNotMatch');
  console.log(JSON.stringify({ faults: faults(results), compared: results.reduce((sum, { compared }) => sum + compared, 0), token, known }));
})();
