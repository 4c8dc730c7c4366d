// "/" opens the search box; an empty box offers what was asked lately on this device, and one with some letters what they could begin.
import { recent, remember } from './recent-searches.js';

const boxes = [...document.querySelectorAll('[data-search]')];
const pause = 200;
const fewest = 2;

document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select, [contenteditable]')) return;
  event.preventDefault();
  const input = boxes.find((one) => one.offsetParent);
  if (input) input.select();
  else location.assign(document.querySelector('[data-search-page]')?.href ?? '/search');
});

for (const input of boxes) {
  const box = input.closest('.search-box');
  let timer = 0;
  let asked;
  const hide = () => box.querySelector('.search-recent')?.remove();

  const show = (queries, label) => {
    hide();
    if (!queries.length) return;
    const list = document.createElement('ul');
    list.className = 'search-recent';
    list.setAttribute('aria-label', label ?? '');
    list.append(...queries.map((query) => {
      const link = Object.assign(document.createElement('a'), { textContent: query });
      link.href = `${input.form.action}?q=${encodeURIComponent(query)}`;
      const item = document.createElement('li');
      item.append(link);
      return item;
    }));
    box.append(list);
  };

  const suggest = async (typed) => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${input.form.action}/suggest?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
      if (answer.ok && input.value.trim() === typed && box.contains(document.activeElement)) show(await answer.json(), input.dataset.suggestLabel);
    } catch (error) {
      if (error.name !== 'AbortError') console.warn('No suggestions:', error.message); // no signal: searching says so
    }
  };

  const offer = () => {
    clearTimeout(timer);
    const typed = input.value.trim();
    if (!typed) show(recent(), input.dataset.recentLabel);
    else if (typed.length < fewest) hide();
    else timer = setTimeout(suggest, pause, typed);
  };

  input.addEventListener('focus', () => { if (!input.value) offer(); });
  input.addEventListener('input', offer);
  input.form.addEventListener('submit', () => remember(input.value));
  box.addEventListener('focusout', (event) => { if (!box.contains(event.relatedTarget)) hide(); });
  box.addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
}
