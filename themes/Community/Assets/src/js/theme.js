// Light, dark, or as the device says. The cookie lets the server write data-bs-theme, so that nothing flashes.
const root = document.documentElement;
const read = () => document.cookie.match(/(?:^|; )theme=(light|dark)/)?.[1] ?? 'auto';

function show(theme) {
  if (theme === 'auto') delete root.dataset.bsTheme;
  else root.dataset.bsTheme = theme;
  for (const button of document.querySelectorAll('[data-theme-set]')) {
    button.setAttribute('aria-pressed', button.dataset.themeSet === theme);
  }
}

document.addEventListener('click', (event) => {
  const theme = event.target.closest('[data-theme-set]')?.dataset.themeSet;
  if (!theme) return;
  event.preventDefault();
  document.cookie = `theme=${theme}; path=/; max-age=${theme === 'auto' ? 0 : 31536000}; samesite=lax`;
  show(theme);
});

show(read());
