import * as all from 'countersign';
import * as cos from 'countersign/cos';
import * as explainer from 'countersign/explain';
import * as kodo from 'countersign/kodo';
import * as ks3 from 'countersign/ks3';
import * as oss from 'countersign/oss';
import * as s3 from 'countersign/s3';
import cosWasm from 'cos.wasm';
import explainWasm from 'explain.wasm';
import kodoWasm from 'kodo.wasm';
import ks3Wasm from 'ks3.wasm';
import ossWasm from 'oss.wasm';
import s3Wasm from 's3.wasm';
import signWasm from 'sign.wasm';
import vectors from 'vectors.json';
import zh from 'zh.json';
import lines from 'stacks.json';
import { compareAll, faults } from 'compare.mjs';

all.initSync(signWasm);
cos.initSync(cosWasm);
kodo.initSync(kodoWasm);
ks3.initSync(ks3Wasm);
oss.initSync(ossWasm);
s3.initSync(s3Wasm);
explainer.initSync(explainWasm);
const entries = { cos, kodo, ks3, oss, s3 };

// Its end has passed, which needs no secret to see.
const URL_OF_LONG_AGO = 'https://ob-ex.oss-cn-hangzhou.aliyuncs.com/a?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1505721600&Signature=MyNpT%2F7rcKqVXUtYGiv8l%2FYB6s8%3D';

export default {
  async fetch() {
    await explainer.loadLanguage('zh', zh);
    await explainer.loadStacks(lines);
    // Which throws unless the lines are loaded.
    const { report, stacks } = explainer.explain({ input: URL_OF_LONG_AGO, lang: 'zh', stack: 'curl' });
    const results = compareAll(({ provider }) => [all[provider], entries[provider]], vectors);
    return Response.json({ faults: faults(results), compared: results.reduce((sum, { compared }) => sum + compared, 0), title: report.findings[0]?.title, stacks: stacks.used });
  },
};
