import * as all from 'countersign';
import * as cos from 'countersign/cos';
import * as kodo from 'countersign/kodo';
import * as ks3 from 'countersign/ks3';
import * as oss from 'countersign/oss';
import * as s3 from 'countersign/s3';
import cosWasm from 'cos.wasm';
import kodoWasm from 'kodo.wasm';
import ks3Wasm from 'ks3.wasm';
import ossWasm from 'oss.wasm';
import s3Wasm from 's3.wasm';
import signWasm from 'sign.wasm';
import vectors from 'vectors.json';
import { compareAll, faults } from 'compare.mjs';

all.initSync(signWasm);
cos.initSync(cosWasm);
kodo.initSync(kodoWasm);
ks3.initSync(ks3Wasm);
oss.initSync(ossWasm);
s3.initSync(s3Wasm);
const entries = { cos, kodo, ks3, oss, s3 };

export default {
  fetch() {
    const results = compareAll(({ provider }) => [all[provider], entries[provider]], vectors);
    return Response.json({ faults: faults(results), compared: results.reduce((sum, { compared }) => sum + compared, 0) });
  },
};
