// The attendance sheet of one point, already on the page. Filters the rows, marks with one thumb, offers to undo.
// Each mark is told as a 'sheet:mark' event {person, name, kind, from, at} that the offline store listens to; when nobody
// takes it (preventDefault), the row's form is posted.
import { foldText } from './fold-text.js';

const sheet = document.querySelector('[data-sheet]');
const rows = [...sheet.querySelectorAll('.sheet-row')];
const words = JSON.parse(sheet.dataset.words); // {"in": {"label": "Có mặt", "done": "có mặt", "icon": "check"}, …}
const sprite = sheet.dataset.icons;
const search = document.querySelector('[data-sheet-search]');
const undoArea = document.querySelector('[data-sheet-undo]');
const keys = new Map(rows.map((row) => [row, foldText(row.querySelector('.sheet-who').textContent)]));
let chosen = '';

const isPresent = (row) => ['in', 'late', 'left_early'].includes(row.dataset.state);

function filter() {
  const wanted = foldText(search?.value ?? '').split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const fits = (!chosen || chosen.split(' ').includes(row.dataset.state)) && wanted.every((word) => keys.get(row).includes(word));
    row.hidden = !fits;
    shown += fits;
  }
  document.querySelector('[data-sheet-none]').hidden = shown > 0;
}

function count() {
  const present = rows.filter(isPresent).length;
  document.querySelector('[data-sheet-present]').textContent = present;
  const bar = document.querySelector('[data-sheet-bar]');
  bar.value = present;
  for (const chip of document.querySelectorAll('[data-sheet-filter]')) {
    const states = chip.dataset.sheetFilter.split(' ');
    const number = chip.dataset.sheetFilter ? rows.filter((row) => states.includes(row.dataset.state)).length : rows.length;
    chip.querySelector('.num').textContent = number;
  }
}

function show(row, kind) {
  const { label, icon } = words[kind];
  row.dataset.state = kind;
  const button = row.querySelector('.sheet-mark');
  button.setAttribute('aria-pressed', kind !== 'none');
  button.querySelector('use').setAttribute('href', `${sprite}#${icon}`);
  button.querySelector('span').textContent = label;
}

function mark(row, kind, { undoing = false } = {}) {
  const from = row.dataset.state;
  if (from === kind) return;
  const name = row.querySelector('.sheet-name').textContent.trim();
  const at = new Date();
  show(row, kind);
  count();
  const detail = { person: row.dataset.person, name, kind, from, at: at.toISOString() };
  const taken = !row.dispatchEvent(new CustomEvent('sheet:mark', { detail, bubbles: true, cancelable: true }));
  if (!taken) post(row, detail);
  if (undoing) undoArea.replaceChildren();
  else offerUndo(row, { name, kind, from, at });
}

async function post(row, { kind, from }) {
  const form = row.querySelector('form');
  if (!form?.action || form.hasAttribute('data-demo')) return;
  const body = new FormData(form);
  body.set('kind', kind);
  try {
    const answer = await fetch(form.action, { method: 'post', body });
    if (!answer.ok) throw new Error(answer.status);
  } catch {
    show(row, from);
    count();
    undoArea.replaceChildren();
    document.body.dispatchEvent(new CustomEvent('toast', { detail: { text: sheet.dataset.failed } }));
  }
}

function offerUndo(row, { name, kind, from, at }) {
  const time = at.toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' });
  const line = document.createElement('div');
  line.className = 'toast-line';
  const text = sheet.dataset.undoText.replace('{name}', name).replace('{state}', words[kind].done).replace('{time}', time);
  line.append(Object.assign(document.createElement('span'), { textContent: text }));
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: sheet.dataset.undoLabel });
  button.addEventListener('click', () => { mark(row, from, { undoing: true }); row.querySelector('.sheet-mark').focus(); });
  line.append(button);
  undoArea.replaceChildren(line);
}

sheet.addEventListener('click', (event) => {
  const row = event.target.closest('.sheet-row');
  if (!row) return;
  const choice = event.target.closest('button[name=kind]');
  if (!choice) return;
  event.preventDefault();
  row.querySelector('.menu').open = false;
  const isToggle = choice.matches('.sheet-mark');
  mark(row, isToggle && row.dataset.state === 'in' ? 'none' : choice.value);
});

// A swipe along a row opens its other marks; moving up or down still scrolls.
let start;
sheet.addEventListener('pointerdown', (event) => { start = { x: event.clientX, y: event.clientY, row: event.target.closest('.sheet-row') }; });
sheet.addEventListener('pointerup', (event) => {
  const far = Math.abs(event.clientX - (start?.x ?? 0)) > 60 && Math.abs(event.clientY - (start?.y ?? 0)) < 30;
  if (start?.row && far) start.row.querySelector('.menu').open = true;
  start = undefined;
});

for (const chip of document.querySelectorAll('[data-sheet-filter]')) {
  chip.addEventListener('click', () => {
    chosen = chip.dataset.sheetFilter;
    for (const other of document.querySelectorAll('[data-sheet-filter]')) other.setAttribute('aria-pressed', other === chip);
    filter();
  });
}

search?.addEventListener('input', filter);
count();
filter();
