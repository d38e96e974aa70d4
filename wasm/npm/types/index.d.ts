/**
 * All signing of all providers in one WebAssembly file: `import { init, Key, oss, kodo } from 'countersign'`.
 *
 * A page that signs for one vendor loads half to three quarters of it with that vendor's entry, such as `countersign/oss`; one that
 * makes upload forms alone a fifth or less, with `countersign/oss/upload`, and for all vendors less than a third, with `countersign/upload`.
 *
 * A long-lived secret must never be shipped to a page: sign on a server or at the edge, or hand the page
 * temporary credentials.
 */
export * from './shared.js';
export * as cos from './cos.js';
export * as kodo from './kodo.js';
export * as ks3 from './ks3.js';
export * as oss from './oss.js';
export * as s3 from './s3.js';
