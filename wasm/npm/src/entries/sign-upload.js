import { beside } from 'countersign:beside';
import { signer } from '../core.js';
import * as vendors from '../vendors.js';

const lib = signer(beside);
const { init, initSync, Key } = lib;

export { init, initSync, Key };
export { CountersignError } from '../core.js';
export { checkFile, formToFetch as toFetch, toFormData } from '../page.js';
export const cos = /* @__PURE__ */ vendors.cosUpload(lib);
export const kodo = /* @__PURE__ */ vendors.kodoUpload(lib);
export const ks3 = /* @__PURE__ */ vendors.ks3Upload(lib);
export const oss = /* @__PURE__ */ vendors.ossUpload(lib);
export const s3 = /* @__PURE__ */ vendors.s3Upload(lib);
