// What forms with data-keep (keep.js) left on this device: gone once it was sent and led to another page, and on sign-out.
import { prefix, read } from './kept-store.js';

function keys() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch {
    return []; // storage switched off
  }
}

const here = prefix + document.querySelector('form[data-keep]')?.dataset.keep;
for (const key of keys()) {
  if (read(key)?.sent && key !== here) localStorage.removeItem(key);
}

document.addEventListener('submit', (event) => {
  if (!event.target.matches('[data-forget]') || event.defaultPrevented) return;
  for (const key of keys()) localStorage.removeItem(key);
});
