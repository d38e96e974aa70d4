/** Upload tokens and forms alone: the smallest file for a page. `import { init, uploadToken } from 'countersign/kodo/upload'` */
export * from './upload.js';
export { uploadForm, uploadToken } from './kodo.js';
