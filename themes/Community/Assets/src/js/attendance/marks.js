// One thumb: a tap marks, the menu or a swipe offers the other marks, each can be taken back. A mark is in the store before the row shows it.
import { askMinutes } from './minutes.js';
import { fill, list, say, sheet, texts, time, words } from './page.js';
import { find, nameOf } from './rows.js';
import { keep } from './keep.js';
import { sendSoon } from './line.js';
import * as store from './store.js';

/** Marks somebody; who is not on the list needs a name to show. */
export async function mark(member, kind, facts = {}) {
  const row = find(member);
  const from = { kind: row?.dataset.state ?? 'none', minutes: Number(row?.dataset.nowMinutes) || undefined };
  const name = row ? nameOf(row) : facts.name ?? member;
  const item = await store.add(sheet, { member, kind, method: 'roster', name, ...facts });
  sendSoon();
  keep();
  return { item, from, name };
}

async function markByHand(row, kind) {
  const member = row.dataset.person;
  const facts = kind === 'late' || kind === 'left_early' ? await askMinutes(nameOf(row), kind) : {};
  if (!facts || (row.dataset.state === kind && !facts.minutes)) return;
  const walkIn = row.hasAttribute('data-walk-in') ? { walk_in: true } : {};
  const { item, from, name } = await mark(member, kind, { ...facts, ...walkIn });
  // That somebody was at another point is not this sheet's to say again.
  const undo = from.kind === 'elsewhere' ? undefined : () => {
    mark(member, from.kind, { minutes: from.minutes, ...walkIn });
    row.querySelector('.sheet-mark').focus();
  };
  say(fill(texts.done, name, words[kind].done, time(item.at)), undo);
}

list.addEventListener('click', (event) => {
  const row = event.target.closest('.sheet-row');
  const choice = row && event.target.closest('button[name=kind]');
  if (!choice) return;
  event.preventDefault();
  row.querySelector('.menu').open = false;
  markByHand(row, choice.matches('.sheet-mark') && row.dataset.state === 'in' ? 'none' : choice.value);
});

// A swipe along a row opens its other marks; moving up or down still scrolls.
let start;
list.addEventListener('pointerdown', (event) => { start = { x: event.clientX, y: event.clientY, row: event.target.closest('.sheet-row') }; });
list.addEventListener('pointerup', (event) => {
  const far = Math.abs(event.clientX - (start?.x ?? 0)) > 60 && Math.abs(event.clientY - (start?.y ?? 0)) < 30;
  const menu = far && start?.row?.querySelector('.menu');
  if (menu) menu.open = true;
  start = undefined;
});
