import { glue, imported } from 'countersign:glue';
import { beside } from 'countersign:beside';
import { besideErrors } from 'countersign:errors';
import { CountersignError, loader } from '../core.js';
import { errorBook } from '../errors.js';
import { explainer } from '../explainer.js';

const { init, initSync, mustBeReady } = loader(glue, { [imported]: glue }, beside);
const { explain, verify, decode, checkForm, lint, schemes } = explainer(glue, mustBeReady);
const errorInfo = errorBook(besideErrors);

export { CountersignError, checkForm, decode, errorInfo, explain, init, initSync, lint, schemes, verify };
