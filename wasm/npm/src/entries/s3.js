import { glue, imported } from 'countersign:glue';
import { beside } from 'countersign:beside';
import { loader, signer } from '../core.js';
import { s3 } from '../vendors.js';

const { init, initSync, mustBeReady } = loader(glue, { [imported]: glue }, beside);
const lib = signer(glue, mustBeReady);
const { Key } = lib;
const { uploadForm, presign, sign, presignMultipart } = s3(lib);

export { init, initSync, Key, uploadForm, presign, sign, presignMultipart };
export { CountersignError } from '../core.js';
export { checkFile, toFetch, toFormData } from '../page.js';
