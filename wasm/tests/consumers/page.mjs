import { run } from './program.mjs';

fetch('/vectors.json')
  .then((answer) => answer.json())
  .then(run)
  .catch((error) => ({ faults: [`${error.code}: ${error.message}`] }))
  .then((value) => {
    window.result = value;
    document.documentElement.dataset.done = 'yes';
  });
