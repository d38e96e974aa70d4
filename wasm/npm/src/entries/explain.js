import { glue, imported } from 'countersign:glue';
import { beside } from 'countersign:beside';
import { besideErrors, besideLanguage, besideStacks } from 'countersign:data';
import { CountersignError, loader } from '../core.js';
import { errorBook } from '../errors.js';
import { explainer } from '../explainer.js';
import { languages, lines } from '../loaded.js';

const start = (exports) => {
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
};
const { init, initSync, mustBeReady } = loader(beside, start, { [imported]: glue });
const { explain, verify, decode, checkForm, lint, schemes, stacks } = explainer(glue, mustBeReady);
const errorInfo = errorBook(besideErrors);
const loadLanguage = languages(glue, mustBeReady, besideLanguage);
const loadStacks = lines(glue, mustBeReady, besideStacks);

export { CountersignError, checkForm, decode, errorInfo, explain, init, initSync, lint, loadLanguage, loadStacks, schemes, stacks, verify };
