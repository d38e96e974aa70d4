// The two scripts the page starts beside its own modules. No other text becomes a script: browsers that know trusted types
// ask this policy, which the page's Content-Security-Policy names.

const SCRIPTS = ['worker.js', 'service-worker.js'];

function address(name) {
  if (!SCRIPTS.includes(name)) throw new TypeError(`${name} is no script of this page`);
  return new URL(name, document.baseURI).href;
}

const policy = globalThis.trustedTypes?.createPolicy('countersign-scripts', { createScriptURL: address });

/** The address of a script, for what starts it. */
export function scriptAddress(name) {
  return policy ? policy.createScriptURL(name) : address(name);
}
