// The language of a page: what was chosen before, else that of the browser.

import { keep, kept } from './kept.js';

const KEPT = 'countersign-language';

/** `en` or `zh`. */
export function language() {
  const chosen = kept(KEPT);
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return navigator.languages?.some((tag) => /^zh\b/i.test(tag)) && !/^en\b/i.test(navigator.language) ? 'zh' : 'en';
}

/** Keeps a choice for the next visit. */
export function choose(tag) {
  keep(KEPT, tag);
}

/** Puts words into every element that names one: `data-word` for its text, `data-word-label` for its label. */
export function fill(root, words, tag) {
  document.documentElement.lang = tag === 'zh' ? 'zh-CN' : 'en';
  for (const element of root.querySelectorAll('[data-word]')) element.textContent = words[element.dataset.word];
  for (const element of root.querySelectorAll('[data-word-label]')) {
    element.setAttribute('aria-label', words[element.dataset.wordLabel]);
  }
}
