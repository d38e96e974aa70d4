// A redacted explanation in the fragment of a link, and back. Whoever opens a link did not make it: all of it is looked at before
// any of it is shown.

import { checked, shareable } from './shareable.js';

const VERSION = 'v1';
/** Characters of a link; more are cut by chats and mails. */
const MOST_LINK = 60_000;
/** Characters of what a link holds when it is unpacked. */
const MOST_TEXT = 2_000_000;

/** The fragment for a view: `{ hasSecret, hasAnswer, explanation }`, whose explanation is redacted; `null` if it is too long. */
export async function packed(view) {
  const bytes = new TextEncoder().encode(JSON.stringify(shareable(view)));
  const squeezed = await through(new CompressionStream('deflate-raw'), bytes);
  const link = `${VERSION}=${base64(squeezed)}`;
  return link.length > MOST_LINK ? null : link;
}

/** Whether a fragment, without its `#`, holds a view. */
export function isPacked(fragment) {
  return /^v\d+=/.test(fragment);
}

/** The view in a fragment, or `null` if it is none. */
export async function unpacked(fragment) {
  if (!fragment.startsWith(`${VERSION}=`) || fragment.length > MOST_LINK * 2) return null;
  try {
    const bytes = await through(new DecompressionStream('deflate-raw'), unbase64(fragment.slice(VERSION.length + 1)), MOST_TEXT);
    return checked(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return null;
  }
}

async function through(stream, bytes, most = Infinity) {
  const writer = stream.writable.getWriter();
  // Its faults are those of reading.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  const pieces = [];
  let length = 0;
  const reader = stream.readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > most) throw new RangeError('too long');
    pieces.push(next.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function base64(bytes) {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function unbase64(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}
