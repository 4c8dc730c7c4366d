// What the server wrote on the page for the scripts.
export const list = document.querySelector('[data-sheet]');
export const sheet = { user: list.dataset.user, path: list.dataset.path };
export const words = JSON.parse(list.dataset.words); // {"in": {"label": "Có mặt", "done": "có mặt", "icon": "check"}, …}
export const texts = JSON.parse(list.dataset.texts);

export const fill = (text, ...values) => values.reduce((all, value, index) => all.replaceAll(`{${index}}`, value), text);
export const time = (at) => new Date(at).toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' });
export const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(Object.assign(document.createElementNS('http://www.w3.org/2000/svg', 'use')));
  svg.firstChild.setAttribute('href', `#i-${name}`);
  return svg;
}

/** One line below: what was done, and how to take it back. */
export const say = (text, undo) => document.body.dispatchEvent(new CustomEvent('toast', { detail: { text, undo, undoLabel: texts.undo } }));
