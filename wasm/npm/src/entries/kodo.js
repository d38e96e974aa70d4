import { beside } from 'countersign:beside';
import { signer } from '../core.js';
import { kodo } from '../vendors.js';

const lib = signer(beside);
const { init, initSync, Key } = lib;
const { uploadToken, uploadForm, presign, sign } = kodo(lib);

export { init, initSync, Key, uploadToken, uploadForm, presign, sign };
export { CountersignError } from '../core.js';
export { checkFile, toFetch, toFormData } from '../page.js';
