/** Upload forms alone: the smallest file for a page. `import { init, uploadForm } from 'countersign/ks3/upload'` */
export * from './upload.js';
export { uploadForm } from './ks3.js';
