import { run } from './program.mjs';

fetch('/vectors.json')
  .then((answer) => answer.json())
  .then(run)
  .then(
    (value) => (window.result = value),
    (error) => (window.result = { faults: [`${error.code}: ${error.message}`] }),
  );
