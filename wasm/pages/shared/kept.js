// What a page keeps: for the next visit, or in `sessionStorage` for as long as its tab. Either may be full or switched off: then
// nothing is kept, which is all.

/** What was kept by a name, or `null`. */
export function kept(name, storage = 'localStorage') {
  try {
    return globalThis[storage].getItem(name);
  } catch {
    return null;
  }
}

/** Keeps a text by a name; `null` is forgotten. */
export function keep(name, text, storage = 'localStorage') {
  try {
    if (text === null) globalThis[storage].removeItem(name);
    else globalThis[storage].setItem(name, text);
  } catch {
    // As said above.
  }
}
