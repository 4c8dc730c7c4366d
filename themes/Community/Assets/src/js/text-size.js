// Letters as large as the reader wants them. The cookie lets the server write data-text, so that nothing jumps.
const root = document.documentElement;
const sizes = ['normal', 'large', 'larger'];
const read = () => document.cookie.match(/(?:^|; )text=(larger|large)/)?.[1] ?? 'normal';

function show(size) {
  if (size === 'normal') delete root.dataset.text;
  else root.dataset.text = size;
  for (const button of document.querySelectorAll('[data-text-set]')) button.setAttribute('aria-pressed', button.dataset.textSet === size);
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-text-set], [data-text-next]');
  if (!button) return;
  const size = button.dataset.textSet ?? sizes[(sizes.indexOf(read()) + 1) % sizes.length];
  document.cookie = `text=${size}; path=/; max-age=${size === 'normal' ? 0 : 31536000}; samesite=lax`;
  show(size);
});

show(read());
