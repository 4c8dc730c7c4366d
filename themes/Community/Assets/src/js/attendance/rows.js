// The rows of the sheet as the server wrote them, and over them what this device knows more: its own marks, sent or not.
import { foldText } from '../fold-text.js';
import { fold, isPresent } from './fold.js';
import { element, fill, icon, list, sheet, texts, time, words } from './page.js';
import * as store from './store.js';

const template = document.querySelector('[data-sheet-row]');
const keys = new WeakMap();
const rows = () => [...list.querySelectorAll('.sheet-row')];
const key = (row) => {
  if (!keys.has(row)) keys.set(row, foldText(`${row.querySelector('.sheet-who').textContent} ${row.dataset.person} ${row.dataset.paper ?? ''}`));
  return keys.get(row);
};
const search = document.querySelector('[data-sheet-search]');
let chosen = '';

export const find = (member) => list.querySelector(`[data-person="${CSS.escape(member)}"]`);
export const findByPaper = (code) => list.querySelector(`[data-paper="${CSS.escape(code)}" i]`);
export const nameOf = (row) => row.querySelector('.sheet-name').textContent.trim();

/** The rows that all the folded words are in. */
export const withWords = (wanted) => rows().filter((row) => wanted.every((word) => key(row).includes(word)));

/** The row of somebody who is not on the server's list yet. */
function addRow({ member, name, team }) {
  const row = template.content.firstElementChild.cloneNode(true);
  row.dataset.person = member;
  row.querySelector('.sheet-name').textContent = name ?? member;
  row.querySelector('.sheet-name').id = `n-${member}`;
  row.querySelector('.sheet-meta').textContent = [team, texts.walkIn].filter(Boolean).join(' · ');
  row.querySelector('.sheet-mark')?.setAttribute('aria-describedby', `n-${member}`);
  row.querySelector('summary')?.setAttribute('aria-label', fill(texts.more, name ?? member));
  row.dataset.added = '';
  list.append(row);
  return row;
}

function show(row, { state, minutes, out, waits, refused, conflict }) {
  atServer(row);
  row.dataset.state = state;
  row.toggleAttribute('data-out', Boolean(out));
  row.dataset.nowMinutes = minutes ?? '';
  const button = row.querySelector('.sheet-mark');
  if (button) {
    const { label, icon: name } = words[state];
    button.setAttribute('aria-pressed', state !== 'none' && state !== 'elsewhere');
    button.querySelector('use').setAttribute('href', `#i-${name}`);
    button.querySelector('span').textContent = label;
  }
  const notes = [
    state === 'elsewhere' ? [fill(texts.elsewhere, row.dataset.at)] : null,
    minutes && (state === 'late' || state === 'left_early') ? [`${minutes} ${texts.minutes}`] : null,
    out ? [fill(texts.out, time(out))] : null,
    conflict ? [texts.conflict, 'state state-warning', 'warning'] : null,
    refused ? [texts.refused, 'state state-bad', 'bad'] : waits ? [texts.waits, 'state', 'wait'] : null,
  ].filter(Boolean);
  row.querySelector('.sheet-notes').replaceChildren(...notes.map(([text, className = '', name]) => element('span', { className }, ...(name ? [icon(name), ' '] : []), text)));
}

/** What the server wrote in a row, before anything was shown over it. */
function atServer(row) {
  if (!row) return undefined;
  row.dataset.served ??= JSON.stringify({ state: row.dataset.state, out: row.dataset.outAt || undefined, conflict: 'conflict' in row.dataset });
  return JSON.parse(row.dataset.served);
}

/** Shows what the server wrote, then what it confirmed since, then what waits, in this order. */
export async function overlay() {
  const [known, queue] = await Promise.all([store.knownOf(sheet), store.queueOf(sheet)]);
  const people = new Map(known.filter((one) => one.state).map((one) => [one.member, one]));
  for (const item of queue.filter((one) => one.member)) {
    const before = people.get(item.member) ?? atServer(find(item.member));
    const after = item.state === 'refused' ? { ...before, state: before?.state ?? 'none', refused: true } : { ...fold(before, item), conflict: before?.conflict, waits: true };
    people.set(item.member, { ...after, member: item.member, name: after.name ?? item.name, team: after.team ?? item.team });
  }
  for (const row of list.querySelectorAll('[data-shown]')) {
    if (people.has(row.dataset.person)) continue;
    if (row.hasAttribute('data-added')) row.remove();
    else show(row, atServer(row));
  }
  for (const [member, one] of people) {
    const row = find(member) ?? addRow(one);
    show(row, { ...one, conflict: one.conflict || atServer(row).conflict });
    row.dataset.shown = '';
  }
  count();
  filter();
}

export function filter() {
  const wanted = foldText(search?.value ?? '').split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows()) {
    const fits = (!chosen || chosen.split(' ').includes(row.dataset.state)) && wanted.every((word) => key(row).includes(word));
    row.hidden = !fits;
    shown += fits;
  }
  document.querySelector('[data-sheet-none]').hidden = shown > 0;
}

function count() {
  const all = rows();
  document.querySelector('[data-sheet-present]').textContent = all.filter((row) => isPresent(row.dataset.state)).length;
  document.querySelector('[data-sheet-all]').textContent = all.length;
  const bar = document.querySelector('[data-sheet-bar]');
  bar.max = Math.max(1, all.length);
  bar.value = all.filter((row) => isPresent(row.dataset.state)).length;
  for (const number of document.querySelectorAll('[data-sheet-count]')) {
    const states = number.dataset.sheetCount.split(' ');
    number.textContent = number.dataset.sheetCount ? all.filter((row) => states.includes(row.dataset.state)).length : all.length;
  }
  // Nobody is asked about people without a mark when there are none.
  const consent = document.querySelector('[data-unmarked]');
  if (consent) {
    consent.hidden = !all.some((row) => row.dataset.state === 'none');
    consent.querySelector('input').disabled = consent.hidden;
  }
}

for (const chip of document.querySelectorAll('[data-sheet-filter]')) {
  chip.addEventListener('click', () => {
    chosen = chip.dataset.sheetFilter;
    for (const other of document.querySelectorAll('[data-sheet-filter]')) other.setAttribute('aria-pressed', other === chip);
    filter();
  });
}
search?.addEventListener('input', filter);
