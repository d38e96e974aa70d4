// The language of a page: what was chosen before, else that of the browser.

const KEPT = 'countersign-language';

/** `en` or `zh`. */
export function language() {
  const kept = read();
  if (kept === 'en' || kept === 'zh') return kept;
  return navigator.languages?.some((tag) => /^zh\b/i.test(tag)) && !/^en\b/i.test(navigator.language) ? 'zh' : 'en';
}

/** Keeps a choice for the next visit. */
export function choose(tag) {
  try {
    localStorage.setItem(KEPT, tag);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}

/** Puts words into every element that names one: `data-word` for its text, `data-word-label` for its label. */
export function fill(root, words, tag) {
  document.documentElement.lang = tag === 'zh' ? 'zh-CN' : 'en';
  for (const element of root.querySelectorAll('[data-word]')) element.textContent = words[element.dataset.word];
  for (const element of root.querySelectorAll('[data-word-label]')) {
    element.setAttribute('aria-label', words[element.dataset.wordLabel]);
  }
}

function read() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
