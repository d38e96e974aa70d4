import { glue, imported } from 'countersign:glue';
import { beside } from 'countersign:beside';
import { loader, signer } from '../core.js';
import { kodoUpload } from '../vendors.js';

const { init, initSync, mustBeReady } = loader(glue, { [imported]: glue }, beside);
const lib = signer(glue, mustBeReady);
const { Key } = lib;
const { uploadToken, uploadForm } = kodoUpload(lib);

export { init, initSync, Key, uploadToken, uploadForm };
export { CountersignError } from '../core.js';
export { checkFile, toFetch, toFormData } from '../page.js';
