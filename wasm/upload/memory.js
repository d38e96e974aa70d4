// Uploads in parts that were begun, so that they go on after the page was closed. Nothing secret is kept: a ticket is of use
// only together with the access token of its user.

import { keep, kept } from '../pages/shared/kept.js';

const PREFIX = 'countersign-upload ';

/** The same file, as far as a page can tell. */
function nameOf(user, file) {
  return PREFIX + JSON.stringify([user, file.name, file.size, file.lastModified, file.type]);
}

export function remembered(user, file) {
  try {
    return JSON.parse(kept(nameOf(user, file)));
  } catch {
    // Something else wrote it.
    return null;
  }
}

export function remember(user, file, upload) {
  keep(nameOf(user, file), JSON.stringify(upload));
}

export function forget(user, file) {
  keep(nameOf(user, file), null);
}
