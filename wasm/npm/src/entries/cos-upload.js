import { beside } from 'countersign:beside';
import { signer } from '../core.js';
import { cosUpload } from '../vendors.js';

const lib = signer(beside);
const { init, initSync, Key } = lib;
const { uploadForm } = cosUpload(lib);

export { init, initSync, Key, uploadForm };
export { CountersignError } from '../core.js';
export { checkFile, formToFetch as toFetch, toFormData } from '../page.js';
