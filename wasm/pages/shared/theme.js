// Light or dark: what was chosen before, else what the system says.

const KEPT = 'countersign-theme';

/** Shows a theme, and keeps what is chosen in a `<select>` for the next visit. */
export function followTheme(select) {
  const show = (theme) => {
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    select.value = theme;
  };
  show(kept() ?? 'auto');
  select.addEventListener('change', () => {
    keep(select.value);
    show(select.value);
  });
}

// Storage may be switched off: then a choice lasts as long as the page.

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(theme) {
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // As said above.
  }
}
