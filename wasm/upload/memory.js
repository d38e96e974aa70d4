// Uploads in parts that were begun, so that they go on after the page was closed. Nothing secret is kept: a ticket is of use
// only together with the access token of its user.

const PREFIX = 'countersign-upload ';

/** The same file, as far as a page can tell. */
function nameOf(user, file) {
  return PREFIX + JSON.stringify([user, file.name, file.size, file.lastModified, file.type]);
}

export function remembered(user, file) {
  try {
    return JSON.parse(localStorage.getItem(nameOf(user, file)));
  } catch {
    return null;
  }
}

export function remember(user, file, upload) {
  try {
    localStorage.setItem(nameOf(user, file), JSON.stringify(upload));
  } catch {
    // Storage is full or switched off: this upload cannot be resumed, which is all.
  }
}

export function forget(user, file) {
  try {
    localStorage.removeItem(nameOf(user, file));
  } catch {
    // As above.
  }
}
