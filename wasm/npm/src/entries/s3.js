import { beside } from 'countersign:beside';
import { signer } from '../core.js';
import { s3 } from '../vendors.js';

const lib = signer(beside);
const { init, initSync, Key } = lib;
const { uploadForm, presign, sign, presignMultipart } = s3(lib);

export { init, initSync, Key, uploadForm, presign, sign, presignMultipart };
export { CountersignError } from '../core.js';
export { checkFile, toFetch, toFormData } from '../page.js';
