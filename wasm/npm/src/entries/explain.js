import { glue, imported } from 'countersign:glue';
import { beside } from 'countersign:beside';
import { besideErrors } from 'countersign:errors';
import { CountersignError, loader } from '../core.js';
import { errorBook } from '../errors.js';
import { explainer } from '../explainer.js';

const start = (exports) => {
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
};
const { init, initSync, mustBeReady } = loader(beside, start, { [imported]: glue });
const { explain, verify, decode, checkForm, lint, schemes } = explainer(glue, mustBeReady);
const errorInfo = errorBook(besideErrors);

export { CountersignError, checkForm, decode, errorInfo, explain, init, initSync, lint, schemes, verify };
