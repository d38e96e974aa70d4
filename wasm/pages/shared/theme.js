// Light or dark: what was chosen before, else what the system says.

import { keep, kept } from './kept.js';

const KEPT = 'countersign-theme';

/** Shows a theme, and keeps what is chosen in a `<select>` for the next visit. */
export function followTheme(select) {
  const show = (theme) => {
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    select.value = theme;
  };
  show(kept(KEPT) ?? 'auto');
  select.addEventListener('change', () => {
    keep(KEPT, select.value);
    show(select.value);
  });
}
