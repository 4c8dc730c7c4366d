// The last queries of this device. A shared phone forgets them on sign-out: forget() is called by [data-forget].
const key = 'recent-searches';
const most = 6;

export function recent() {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? [];
  } catch {
    return []; // storage switched off, or spoilt
  }
}

export function remember(query) {
  const text = query.trim();
  if (!text) return;
  const kept = [text, ...recent().filter((other) => other !== text)].slice(0, most);
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // storage full or switched off: searching works without it
  }
}

document.addEventListener('submit', (event) => {
  if (event.target.matches('[data-forget]')) localStorage.removeItem(key);
});
