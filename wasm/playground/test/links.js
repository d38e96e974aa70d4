// Links from outside: made and opened with Node's own deflate and Base64, and not by what is tested.

import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Everything that is in a link, as it stands there. */
export const inside = (link) => inflateRawSync(Buffer.from(link.slice(link.indexOf('v1=') + 3), 'base64url')).toString();

/** The fragment of a link that holds this. */
export const linked = (value) => `v1=${deflateRawSync(Buffer.from(JSON.stringify(value))).toString('base64url')}`;

/** Texts that are words of this page, or the package's names for them: they are shown in the reader's language. */
const NAMES = new Set(['verdict', 'certainty', 'matter', 'document', 'role', 'name', 'notes', 'signed_at', 'expires_at']);

/** All texts in a link but names, each with its path. */
export function texts(value, path = []) {
  if (typeof value === 'string') return value === '' || path.some((name) => NAMES.has(name)) ? [] : [[path.join('.'), value]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, member]) => texts(member, [...path, name]));
}
