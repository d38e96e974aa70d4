import { beside } from 'countersign:beside';
import { signer } from '../core.js';
import { cos } from '../vendors.js';

const lib = signer(beside);
const { init, initSync, Key } = lib;
const { uploadForm, presign, sign, presignMultipart, authorization } = cos(lib);

export { init, initSync, Key, uploadForm, presign, sign, presignMultipart, authorization };
export { CountersignError } from '../core.js';
export { checkFile, toFetch, toFormData } from '../page.js';
