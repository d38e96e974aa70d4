/** Upload forms alone: the smallest file for a page. `import { init, uploadForm } from 'countersign/oss/upload'` */
export * from './upload.js';
export { uploadForm } from './oss.js';
