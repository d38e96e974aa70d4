import { beside } from 'countersign:beside';
import { signer } from '../core.js';
import { kodoUpload } from '../vendors.js';

const lib = signer(beside);
const { init, initSync, Key } = lib;
const { uploadToken, uploadForm } = kodoUpload(lib);

export { init, initSync, Key, uploadToken, uploadForm };
export { CountersignError } from '../core.js';
export { checkFile, formToFetch as toFetch, toFormData } from '../page.js';
