// The way to the worker, with a worker that does what the test says.

import assert from 'node:assert/strict';
import { test } from 'node:test';

class TestWorker extends EventTarget {
  static all = [];
  asked = [];
  constructor(url, options) {
    super();
    Object.assign(this, { url, options });
    TestWorker.all.push(this);
  }
  postMessage(message) {
    this.asked.push(message);
  }
  terminate() {
    this.isEnded = true;
  }
  says(data) {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

globalThis.Worker = TestWorker;
globalThis.document = { baseURI: 'http://localhost/playground/' };
const { Engine } = await import('../engine.js');

const last = () => TestWorker.all.at(-1);
const told = (promise) => promise.then((value) => ({ value }), ({ code }) => ({ code }));

test('an error of the package is an answer, and a breakdown ends its worker', async () => {
  const engine = new Engine();
  const first = last();
  first.says({ id: 0, value: ['scheme'] });
  assert.deepEqual(await engine.ready, ['scheme']);
  const refused = told(engine.call('explain', 1));
  first.says({ id: 1, error: { code: 'no-signature', message: '', isBroken: false } });
  assert.deepEqual(await refused, { code: 'no-signature' });
  assert.equal(last(), first);

  const [trapped, waiting] = [told(engine.call('explain', 2)), told(engine.call('decode', 3))];
  first.says({ id: 2, error: { code: 'internal', message: 'unreachable', isBroken: true } });
  assert.deepEqual([await trapped, await waiting], [{ code: 'internal' }, { code: 'stopped' }]);
  assert.ok(first.isEnded && last() !== first, 'another is started');
  // What the ended one still says is not heard.
  const next = told(engine.call('decode', 4));
  first.says({ id: 4, value: 'stale' });
  last().says({ id: 0, value: [] });
  last().says({ id: 4, value: 'fresh' });
  assert.deepEqual(await next, { value: 'fresh' });
});

test('a package that cannot be loaded is not loaded again and again', async () => {
  const engine = new Engine();
  const worker = last();
  worker.says({ id: 0, error: { code: 'internal', message: 'no memory', isBroken: true } });
  assert.deepEqual(await told(engine.ready), { code: 'internal' });
  assert.equal(last(), worker);
});

test('the worker has the policy of the page: it is started from the page, and not from the host', async () => {
  new Engine();
  assert.match(last().url, /^blob:/);
  assert.deepEqual(last().options, { type: 'module' });
});
