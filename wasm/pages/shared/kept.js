// What a page keeps of a visit for the next one. Storage may be switched off, or be none of the page's: then it lasts as long as the page.

/** What was kept by a name, or `null`. */
export function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a text by a name, where that is allowed. */
export function keep(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    // As said above.
  }
}
