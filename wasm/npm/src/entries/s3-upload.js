import { glue, imported } from 'countersign:glue';
import { beside } from 'countersign:beside';
import { loader, signer } from '../core.js';
import { s3Upload } from '../vendors.js';

const { init, initSync, mustBeReady } = loader(glue, { [imported]: glue }, beside);
const lib = signer(glue, mustBeReady);
const { Key } = lib;
const { uploadForm } = s3Upload(lib);

export { init, initSync, Key, uploadForm };
export { CountersignError } from '../core.js';
export { checkFile, toFetch, toFormData } from '../page.js';
