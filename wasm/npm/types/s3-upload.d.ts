/** Upload forms alone: the smallest file for a page. `import { init, uploadForm } from 'countersign/s3/upload'` */
export * from './shared.js';
export { uploadForm } from './s3.js';
