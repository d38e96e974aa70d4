// The page: signing in, taking files, and showing how they fare.

import { byId, make, say } from '../pages/shared/dom.js';
import { keep, kept } from '../pages/shared/kept.js';
import { choose, fill, language } from '../pages/shared/language.js';
import { followTheme } from '../pages/shared/theme.js';
import { MOST, dropped, listed } from './collect.js';
import { Endpoint } from './endpoint.js';
import { Queue, totals } from './queue.js';
import { Row } from './row.js';
import { troubleOf } from './trouble.js';
import { sentence, words as wordsOf } from './words.js';

/** The service this page asks: its own host, unless the page says otherwise. */
const SERVICE = new URL(document.querySelector('meta[name="countersign-service"]')?.content ?? '/', document.baseURI);
const KEPT_TOKEN = 'countersign-token';

let words = wordsOf(language());
/** @type {{ queue: Queue, limits: object, rows: Map<number, Row> } | null} */
let session = null;

function setLanguage(tag) {
  words = wordsOf(tag);
  document.title = words.title;
  fill(document, words, tag);
  byId('language').value = tag;
  if (!session) return;
  showSession();
  for (const row of session.rows.values()) row.remove();
  session.rows.clear();
  for (const item of session.queue.items) drawItem(item);
  drawTotals();
}

/** Lines that wait for screen readers to come to them. */
const ANNOUNCED = 8;

/** Told to screen readers, one after another. */
function announce(text) {
  const log = byId('announcer');
  log.append(make('p', {}, text));
  while (log.children.length > ANNOUNCED) log.firstChild.remove();
}

async function signIn(token) {
  const endpoint = new Endpoint(SERVICE, token);
  const button = byId('sign-in-button');
  button.disabled = true;
  try {
    const limits = await endpoint.limits();
    keep(KEPT_TOKEN, token, 'sessionStorage');
    open(endpoint, limits);
  } catch (thrown) {
    const trouble = troubleOf(thrown);
    if (trouble.code === 'bearer_unknown') keep(KEPT_TOKEN, null, 'sessionStorage');
    byId('sign-in').hidden = false;
    const told = byId('sign-in-trouble');
    say(told, sentence(trouble, words));
    told.hidden = false;
    byId('token').setAttribute('aria-invalid', 'true');
    byId('token').focus();
  } finally {
    button.disabled = false;
  }
}

function open(endpoint, limits) {
  const queue = new Queue(endpoint, limits);
  session = { queue, limits, rows: new Map() };
  queue.addEventListener('change', ({ detail: item }) => changed(item));
  queue.addEventListener('remove', ({ detail: item }) => removed(item));
  byId('token').value = '';
  byId('sign-in-trouble').hidden = true;
  byId('sign-in').hidden = true;
  byId('session').hidden = false;
  byId('drop').hidden = false;
  showSession();
  byId('choose-files').focus({ focusVisible: false });
}

function showSession() {
  say(byId('user'), words.signedIn(session.limits.user));
  say(byId('limits'), words.limits(session.limits));
}

function signOut() {
  session?.queue.close();
  for (const row of session?.rows.values() ?? []) row.remove();
  session = null;
  keep(KEPT_TOKEN, null, 'sessionStorage');
  for (const id of ['session', 'drop', 'uploads']) byId(id).hidden = true;
  byId('sign-in').hidden = false;
  byId('token').focus();
}

function take(found) {
  if (!session) return;
  if (found.length === 0) return announce(words.nothingFound);
  byId('uploads').hidden = false;
  const added = session.queue.add(found.slice(0, MOST));
  announce(found.length > MOST ? words.tooMany(MOST) : words.added(added.length));
}

function drawItem(item) {
  const row = new Row(item, session.queue, words, session.limits.provider);
  session.rows.set(item.id, row);
  byId('list').append(row.element);
  return row;
}

// Many events come between two frames; the page is drawn once.
const dirty = new Set();
let frame = 0;

function changed(item) {
  const row = session.rows.get(item.id);
  if (!row) drawItem(item);
  dirty.add(item);
  frame ||= requestAnimationFrame(draw);
  if (item.state === 'done') announce(words.uploaded(item.path));
  if (item.state === 'failed') announce(words.notUploaded(item.path, sentence(item.trouble, words)));
}

function draw() {
  frame = 0;
  if (!session) return dirty.clear();
  for (const item of dirty) session.rows.get(item.id)?.draw();
  dirty.clear();
  drawTotals();
}

function drawTotals() {
  const all = totals(session.queue.items);
  byId('uploads').hidden = all.files === 0;
  say(byId('total-count'), words.total(all));
  say(byId('total-bytes'), all.isOver ? '' : words.totalBytes({ ...all, left: all.perSecond > 0 ? all.open / all.perSecond : null }));
  const bar = byId('total-bar');
  bar.value = all.bytes > 0 ? all.sent / all.bytes : 1;
  bar.hidden = all.isOver;
  byId('cancel-all').hidden = all.isOver;
  byId('retry-failed').hidden = !all.canBeRetried;
  byId('clear').hidden = !all.isOver;
  if (all.isOver && all.files > 1 && !session.wasOver) announce(words.allOver(all));
  session.wasOver = all.isOver;
}

function removed(item) {
  const row = session.rows.get(item.id);
  const had = row.element.contains(document.activeElement);
  const next = row.element.nextElementSibling ?? row.element.previousElementSibling;
  row.remove();
  session.rows.delete(item.id);
  drawTotals();
  // The focus must not fall to the top of the page.
  if (had) (next?.querySelector('button') ?? byId('choose-files')).focus();
}

function each(act) {
  for (const item of [...session.queue.items]) act(item);
}

function listen() {
  byId('language').addEventListener('change', ({ target }) => {
    choose(target.value);
    setLanguage(target.value);
  });
  byId('sign-in').addEventListener('submit', (event) => {
    event.preventDefault();
    const token = byId('token').value.trim();
    if (token) signIn(token);
  });
  byId('sign-out').addEventListener('click', signOut);
  for (const [button, input] of [['choose-files', 'files'], ['choose-folder', 'folder']]) {
    byId(button).addEventListener('click', () => byId(input).click());
    byId(input).addEventListener('change', ({ target }) => {
      take(listed(target.files));
      // The same file can be chosen again.
      target.value = '';
    });
  }
  byId('cancel-all').addEventListener('click', () => each((item) => session.queue.cancel(item)));
  byId('retry-failed').addEventListener('click', () => each((item) => item.state === 'failed' && session.queue.retry(item)));
  byId('clear').addEventListener('click', () => each((item) => session.queue.remove(item)));
  document.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files ?? [];
    if (files.length === 0) return;
    event.preventDefault();
    take(listed(files));
  });
  listenToDrops();
  // Seconds of a pause go by without an event.
  setInterval(() => {
    for (const item of session?.queue.items ?? []) if (item.state === 'pausing') changed(item);
  }, 1000);
  addEventListener('beforeunload', (event) => {
    if (session?.queue.items.some((item) => !item.isOver)) event.preventDefault();
  });
}

/** While files are held over the page, `dragover` comes several times a second; a drag that ends elsewhere says nothing. */
const HELD = 700;

function listenToDrops() {
  const zone = byId('drop');
  let timer;
  const hasFiles = (event) => session && event.dataTransfer?.types.includes('Files');
  const mark = (isOver) => {
    clearTimeout(timer);
    zone.classList.toggle('over', isOver);
    say(byId('drop-title'), isOver ? words.dropNow : words.dropHere);
    if (isOver) timer = setTimeout(() => mark(false), HELD);
  };
  addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    mark(true);
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) mark(false);
  });
  addEventListener('drop', async (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(false);
    take(await dropped(event.dataTransfer));
  });
}

setLanguage(language());
followTheme(byId('theme'));
listen();
const token = kept(KEPT_TOKEN, 'sessionStorage');
if (token) signIn(token);
else byId('sign-in').hidden = false;
