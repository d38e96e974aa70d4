// The files somebody drops, pastes or chooses; folders with all that is in them.

/** More than this are taken for a mistake. */
export const MOST = 5_000;

/**
 * A file, and where in a dropped folder it was.
 * @typedef {{ file: File, path: string }} Found
 */

/** The files of a list. @returns {Found[]} */
export function listed(files) {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/**
 * The files that were dropped. Must be called at once: the list is emptied when the event is over.
 * @returns {Promise<Found[]>}
 */
export function dropped(transfer) {
  const entries = [...transfer.items].filter((item) => item.kind === 'file').map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  return walked(entries);
}

/** The files among entries and below them. */
export async function walked(entries) {
  const found = [];
  const waiting = [...entries].reverse();
  while (waiting.length > 0 && found.length < MOST) {
    const entry = waiting.pop();
    if (!entry) continue;
    if (entry instanceof Blob) {
      found.push({ file: entry, path: entry.name });
    } else if (entry.isDirectory) {
      waiting.push(...(await children(entry)).reverse());
    } else {
      const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
      if (file) found.push({ file, path: entry.fullPath.replace(/^\//, '') });
    }
  }
  return found;
}

/** A folder tells its entries by and by, and ends with none. */
async function children(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
