import { glue, imported } from 'countersign:glue';
import { beside } from 'countersign:beside';
import { loader, signer } from '../core.js';
import { kodo } from '../vendors.js';

const { init, initSync, mustBeReady } = loader(glue, { [imported]: glue }, beside);
const lib = signer(glue, mustBeReady);
const { Key } = lib;
const { uploadToken, uploadForm, presign, sign } = kodo(lib);

export { init, initSync, Key, uploadToken, uploadForm, presign, sign };
export { CountersignError } from '../core.js';
export { checkFile, toFetch, toFormData } from '../page.js';
