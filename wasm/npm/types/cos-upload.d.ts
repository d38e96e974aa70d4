/** Upload forms alone: the smallest file for a page. `import { init, uploadForm } from 'countersign/cos/upload'` */
export * from './shared.js';
export { uploadForm } from './cos.js';
