// The page: its views, its language, and what is shown when it is opened.

import { byId, make, say } from '../pages/shared/dom.js';
import { choose, fill, language } from '../pages/shared/language.js';
import { followTheme } from '../pages/shared/theme.js';
import { BuildView } from './build.js';
import { DecodeView } from './decode.js';
import { Engine } from './engine.js';
import { ExplainView } from './explain.js';
import { serviceWorkerAddress } from './scripts.js';
import { isPacked, unpacked } from './share.js';
import { Sharing, drawShared } from './sharing.js';
import { troubleText } from './trouble.js';
import en from './words/en.js';
import zh from './words/zh.js';

const VIEWS = ['explain', 'build', 'decode'];

let words = en;
/** The schemes and the stacks of the package, once it has told them. */
let known;
/** What a link brought: the view in it, or `null` if it is broken; `undefined` while the address is no link. */
let shared;
/** How often the address was followed: unpacking a link takes a moment, in which it may change. */
let followed = 0;

const engine = new Engine();
const sharing = new Sharing(engine, () => words);
const explain = new ExplainView(engine, () => words, (request) => sharing.offer(request));
const build = new BuildView(engine, () => words);
const decode = new DecodeView(engine, () => words, (policy) => {
  build.take(policy);
  location.hash = 'build';
});

function setLanguage(tag) {
  words = tag === 'zh' ? zh : en;
  document.title = words.title;
  fill(document, words, tag);
  byId('language').value = tag;
  if (!known) return;
  explain.relabel(known);
  build.relabel();
  decode.relabel();
  if (shared !== undefined) showShared();
}

/** Shows the view the address names, or what it holds. */
async function follow() {
  followed += 1;
  const turn = followed;
  const fragment = location.hash.slice(1);
  if (isPacked(fragment)) {
    const view = await unpacked(fragment);
    if (turn !== followed) return;
    shared = view;
    showShared();
    return;
  }
  leaveShared();
  const view = VIEWS.includes(fragment) ? fragment : fragment === 'main' ? current() : 'explain';
  for (const name of VIEWS) {
    byId(name).hidden = name !== view;
    const link = byId(`to-${name}`);
    if (name === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

function current() {
  return VIEWS.find((name) => !byId(name).hidden) ?? 'explain';
}

function showShared() {
  byId('shared').hidden = false;
  byId('shared-told').hidden = shared === null;
  for (const name of VIEWS) byId(name).hidden = true;
  document.querySelector('#shared-result')?.remove();
  const content = shared ? drawShared(shared, words, 2) : make('p', { className: 'card trouble', role: 'alert' }, words.troubles['link-broken']);
  byId('shared').after(make('section', { id: 'shared-result', className: 'view shared-result' }, content));
}

function leaveShared() {
  shared = undefined;
  byId('shared').hidden = true;
  document.querySelector('#shared-result')?.remove();
}

/** A file may be dropped wherever there is room. */
function listenToDrops() {
  const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
  let timer;
  const mark = (isOver) => {
    clearTimeout(timer);
    byId('dropping').hidden = !isOver;
    // A drag that ends elsewhere says nothing.
    if (isOver) timer = setTimeout(() => mark(false), 700);
  };
  addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    mark(true);
  });
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(false);
    const [file] = event.dataTransfer.files;
    if (!file) return;
    location.hash = 'explain';
    explain.open(file);
  });
}

function listen() {
  byId('language').addEventListener('change', ({ target }) => {
    choose(target.value);
    setLanguage(target.value);
  });
  byId('leave-shared').addEventListener('click', async () => {
    history.pushState(null, '', '#explain');
    await follow();
    byId('input').focus();
  });
  // The address is for links; jumping there is done here.
  byId('skip').addEventListener('click', (event) => {
    event.preventDefault();
    byId('main').focus();
  });
  addEventListener('hashchange', follow);
  listenToDrops();
}

/** Keeps the page on this machine, where it was built for that. */
function keepOffline() {
  if (!document.querySelector('link[rel="manifest"]') || !('serviceWorker' in navigator)) return;
  // Private windows and plain http allow none; the page works all the same.
  navigator.serviceWorker.register(serviceWorkerAddress()).catch(() => {});
  navigator.serviceWorker.ready.then(() => {
    byId('offline').hidden = false;
  });
}

setLanguage(language());
followTheme(byId('theme'));
listen();
keepOffline();
engine.ready.then(
  (told) => {
    known = told;
    byId('loading').hidden = true;
    setLanguage(byId('language').value);
    follow();
    document.documentElement.dataset.ready = 'yes';
  },
  (error) => {
    byId('loading').hidden = true;
    const told = byId('load-trouble');
    told.hidden = false;
    say(told, troubleText(error, words));
  },
);
