// What the server wrote on the page for the scripts.
export const list = document.querySelector('[data-sheet]');
export const sheet = { user: list.dataset.user, path: list.dataset.path };
export const words = JSON.parse(list.dataset.words); // {"in": {"label": "Có mặt", "done": "có mặt", "icon": "check"}, …}
export const texts = JSON.parse(list.dataset.texts);

export { element, fill, icon, time } from '../dom.js';

/** One line below: what was done, and how to take it back. */
export const say = (text, undo) => document.body.dispatchEvent(new CustomEvent('toast', { detail: { text, undo, undoLabel: texts.undo } }));
