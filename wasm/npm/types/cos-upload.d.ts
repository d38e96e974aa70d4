/** Upload forms alone: the smallest file for a page. `import { init, uploadForm } from 'countersign/cos/upload'` */
export * from './upload.js';
export { uploadForm } from './cos.js';
