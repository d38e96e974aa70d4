// The scripts the page starts beside its own modules. No other text becomes a script: browsers that know trusted types ask this
// policy, which the page's Content-Security-Policy names.

const SERVICE_WORKER = 'service-worker.js';
const WORKER = 'worker.js';

const url = (name) => new URL(name, document.baseURI).href;

let local;
/**
 * The worker holds the secret while it works. One that comes from the host has the policy that the host sends with it, which is none
 * where it sends files alone; one that comes from the page has the page's own.
 */
const worker = () => (local ??= URL.createObjectURL(new Blob([`import ${JSON.stringify(url(WORKER))};`], { type: 'text/javascript' })));

function address(name) {
  if (name === WORKER) return worker();
  if (name === SERVICE_WORKER) return url(name);
  throw new TypeError(`${name} is no script of this page`);
}

const policy = globalThis.trustedTypes?.createPolicy('countersign-scripts', { createScriptURL: address });
const trusted = (name) => (policy ? policy.createScriptURL(name) : address(name));

/** Starts the worker that does what takes time. */
export const startWorker = () => new Worker(trusted(WORKER), { type: 'module' });

/** The address of what keeps the page on this machine. */
export const serviceWorkerAddress = () => trusted(SERVICE_WORKER);
