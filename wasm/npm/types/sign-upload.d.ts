/**
 * Upload forms and tokens of all providers in one WebAssembly file, for what serves several of them, such as an edge worker:
 * `import { init, Key, oss, kodo } from 'countersign/upload'`. Signed requests and URLs are in `countersign`.
 */
export * from './upload.js';
export * as cos from './cos-upload.js';
export * as kodo from './kodo-upload.js';
export * as ks3 from './ks3-upload.js';
export * as oss from './oss-upload.js';
export * as s3 from './s3-upload.js';
