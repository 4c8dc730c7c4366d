// Who came without being on the list: found among the people of the area, by their code, or, when nobody knows it, noted by name for a person to settle later.
import { foldText } from '../fold-text.js';
import { element, fill, icon, list, say, sheet, texts, time } from './page.js';
import { mark } from './marks.js';
import { find, nameOf, withWords } from './rows.js';
import { keep } from './keep.js';
import { sendSoon } from './line.js';
import * as store from './store.js';

const most = 20;
const dialog = document.querySelector('#walk-in');
const search = dialog.querySelector('[type=search]');
const results = dialog.querySelector('[data-results]');
const form = dialog.querySelector('form[data-guest]');
const guests = document.querySelector('[data-guests]');
const codePattern = new RegExp(list.dataset.codePattern, 'i');
const asked = new Map(); // by code: the person, or null when the server knows nobody
let people = [];

/** Asks once whose code that is; without a network the code alone must do. */
async function askFor(code) {
  if (asked.has(code) || !navigator.onLine) return;
  asked.set(code, undefined);
  try {
    const answer = await fetch(`${sheet.path}/people/${encodeURIComponent(code)}`);
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const [found, name, team] = await answer.json();
    asked.set(code, found ? { code: found, name, team } : null);
    show();
  } catch {
    asked.delete(code); // the code is offered without a name
  }
}

/** Whoever a typed code may be of. */
function byCode(code) {
  if (find(code)) return { code, name: nameOf(find(code)), team: texts.already };
  askFor(code);
  const known = asked.get(code);
  return known === null ? null : known ?? { code, name: code, team: texts.unchecked, isUnchecked: true };
}

async function readPeople() {
  const answer = await fetch(`${sheet.path}/people`);
  if (!answer.ok) throw new Error(answer.status);
  people = (await answer.json()).map(([code, name, team]) => ({ code, name, team, key: foldText(`${name} ${code} ${team}`) }));
}

export async function openWalkIn(code = '') {
  search.value = code;
  dialog.showModal();
  results.replaceChildren();
  try {
    if (!people.length) await readPeople();
  } catch {
    results.replaceChildren(element('li', { className: 'text-quiet', textContent: texts.noPeople })); // a code or a note still work
  }
  show();
}

function show() {
  const wanted = foldText(search.value).split(/\s+/).filter(Boolean);
  if (!wanted.length) return;
  const found = people.filter((person) => wanted.every((word) => person.key.includes(word)) && !find(person.code)).slice(0, most);
  const listed = withWords(wanted);
  const typed = search.value.trim().toUpperCase();
  const person = codePattern.test(typed) && !found.some(({ code }) => code === typed) ? byCode(typed) : undefined;
  if (person) found.push(person);
  const note = person === null ? texts.nobodyHas : listed.length ? fill(texts.listed, listed.slice(0, 3).map(nameOf).join(', ')) : found.length ? null : texts.nobody;
  results.replaceChildren(...found.map(toLine), ...(note ? [element('li', { className: 'text-quiet', textContent: note })] : []));
}

function toLine(person) {
  const button = element('button', { type: 'button', className: 'btn btn-outline-primary' }, icon('add'), texts.present);
  button.setAttribute('aria-label', `${texts.present}: ${person.name}`);
  button.addEventListener('click', async () => {
    dialog.close();
    await addWalkIn(person.code, person.isUnchecked ? { name: person.name } : { name: person.name, team: person.team }, person.isUnchecked);
  });
  return element('li', { className: 'row-link' }, element('span', { className: 'row-main' }, element('b', { textContent: person.name }), element('span', { className: 'row-sub', textContent: [person.code, person.team].join(' · ') })), button);
}

export async function addWalkIn(member, facts, isUnchecked = false) {
  const { item, name } = await mark(member, 'in', { ...(find(member) ? {} : { walk_in: true }), ...facts });
  say(fill(isUnchecked ? texts.addedUnchecked : texts.added, name, time(item.at)));
}

let isNoting = false;

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { name, phone, village } = Object.fromEntries(new FormData(form));
  // A second tap comes before the first is kept.
  if (isNoting) return;
  if (!name.trim()) {
    form.elements.name.value = '';
    form.reportValidity();
    return;
  }
  isNoting = true;
  try {
    await store.add(sheet, { kind: 'guest', name: name.trim(), phone: phone.trim() || undefined, village: village.trim() || undefined });
    form.reset();
    dialog.close();
  } finally {
    isNoting = false;
  }
  say(fill(texts.noted, name.trim()));
  sendSoon();
  keep();
});

/** Nameless guests of this device that the page does not have yet. */
export async function tellGuests() {
  const [known, queue] = await Promise.all([store.knownOf(sheet), store.queueOf(sheet)]);
  const mine = [...known.map((one) => ({ ...one, id: one.member })), ...queue].filter((one) => one.kind === 'guest' && !guests.querySelector(`[data-id="${one.id}"]`));
  const lines = guests.querySelector('[data-mine]');
  lines.replaceChildren(...mine.map((one) => element('li', { className: 'row-link' }, element('span', { className: 'row-main' },
    element('b', { textContent: one.name }), element('span', { className: 'row-sub', textContent: [one.village, one.phone, time(one.at), one.state === 'waiting' ? texts.waits : ''].filter(Boolean).join(' · ') })))));
  guests.hidden = !mine.length && !guests.querySelector('[data-id]');
}

search.addEventListener('input', show);
document.addEventListener('click', (event) => {
  if (!event.target.closest('[data-open-walk-in]')) return;
  event.preventDefault();
  openWalkIn();
});
