/** Upload forms alone: the smallest file for a page. `import { init, uploadForm } from 'countersign/s3/upload'` */
export * from './upload.js';
export { uploadForm } from './s3.js';
