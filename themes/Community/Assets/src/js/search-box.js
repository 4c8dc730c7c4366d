// "/" opens the search box; an empty box offers what was asked lately on this device.
import { recent, remember } from './recent-searches.js';

const input = document.querySelector('[data-search]');

document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select, [contenteditable]')) return;
  event.preventDefault();
  if (input?.offsetParent) input.select();
  else location.assign(document.querySelector('[data-search-page]')?.href ?? '/search');
});

if (input) {
  const box = input.closest('.search-box');
  const hide = () => box.querySelector('.search-recent')?.remove();

  const offer = () => {
    hide();
    const queries = input.value ? [] : recent();
    if (!queries.length) return;
    const list = document.createElement('ul');
    list.className = 'search-recent';
    list.setAttribute('aria-label', input.dataset.recentLabel ?? '');
    list.append(...queries.map((query) => {
      const link = Object.assign(document.createElement('a'), { textContent: query });
      link.href = `${input.form.action}?q=${encodeURIComponent(query)}`;
      const item = document.createElement('li');
      item.append(link);
      return item;
    }));
    box.append(list);
  };

  input.addEventListener('focus', offer);
  input.addEventListener('input', offer);
  input.form.addEventListener('submit', () => remember(input.value));
  box.addEventListener('focusout', (event) => { if (!box.contains(event.relatedTarget)) hide(); });
  box.addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
}
