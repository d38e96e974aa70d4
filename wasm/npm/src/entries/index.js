import { beside } from 'countersign:beside';
import { signer } from '../core.js';
import * as vendors from '../vendors.js';

const lib = signer(beside);
const { init, initSync, Key } = lib;

export { init, initSync, Key };
export { CountersignError } from '../core.js';
export { checkFile, toFetch, toFormData } from '../page.js';
export const cos = /* @__PURE__ */ vendors.cos(lib);
export const kodo = /* @__PURE__ */ vendors.kodo(lib);
export const ks3 = /* @__PURE__ */ vendors.ks3(lib);
export const oss = /* @__PURE__ */ vendors.oss(lib);
export const s3 = /* @__PURE__ */ vendors.s3(lib);
