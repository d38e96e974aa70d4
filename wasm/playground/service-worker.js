// Keeps the page on the machine that opened it: every file of a version is fetched once and served from there from then on, with
// the policy that a static host may not send. What is between `@` is filled in when the page is built.

const VERSION = '@VERSION@';
const FILES = [/* @FILES@ */];
const POLICY = '@POLICY@';

const CACHE = `countersign-${VERSION}`;
const OURS = /^countersign-[0-9a-f]{16}$/;

addEventListener('install', (event) => {
  const requests = FILES.map((file) => new Request(new URL(file, registration.scope), { cache: 'reload' }));
  // It does not push in: a page that is open goes on with the files it began with, and the next one has the new ones.
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => OURS.test(name) && name !== CACHE).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  );
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const path = url.href.startsWith(registration.scope) ? url.href.slice(registration.scope.length).replace(/[?#].*$/, '') : null;
  if (request.method !== 'GET' || path === null) return;
  const file = path === '' || path === 'index.html' ? './' : path;
  if (FILES.includes(file)) event.respondWith(kept(file, request));
});

async function kept(file, request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(new URL(file, registration.scope));
  // Somebody may have emptied the cache; then it is fetched as if there were none.
  if (!found) return fetch(request);
  const headers = new Headers(found.headers);
  headers.set('Content-Security-Policy', POLICY);
  return new Response(found.body, { status: found.status, statusText: found.statusText, headers });
}
