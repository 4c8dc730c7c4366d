// "Khóa học trên máy này": the courses kept on this phone. Works without a network.
import './light.js';
import { day, fill } from './dom.js';
import { makeLine } from './learn/line.js';
import { tryHere, tryThere } from './learn/people.js';
import { askPerson } from './learn/sync.js';
import * as store from './learn/store.js';

const page = document.querySelector('[data-learn-home]');
const place = document.querySelector('[data-kept-courses]');
const template = document.querySelector('template[data-course]');
const texts = JSON.parse(page.dataset.texts);
const line = makeLine(page, texts);

function toRow(course) {
  const row = template.content.firstElementChild.cloneNode(true);
  row.querySelector('a').href = `/courses/${course.slug}`;
  row.querySelector('b').textContent = course.title;
  row.querySelector('.row-sub').textContent = fill(texts.kept, course.kilobytes, day(course.keptAt));
  return row;
}

async function show() {
  const courses = await store.courses();
  place.replaceChildren(...courses.sort((one, other) => one.title.localeCompare(other.title, 'vi')).map(toRow));
  document.querySelector('[data-none]').hidden = courses.length > 0;
  document.querySelector('[data-network]').hidden = navigator.onLine;
  await Promise.all([line.tell(), showPeople(), tellWho()]);
}

let isAsked = !navigator.onLine;
let former;

/** Who is at the phone. While there is a network the server is asked first: on a phone that went from hand to hand the phone's own word may be of the one before. */
async function tellWho() {
  const person = await store.person();
  const isHere = isAsked && person && person.user !== former;
  const who = document.querySelector('[data-who]');
  who.hidden = !isHere;
  who.querySelector('b').textContent = isHere ? person.name : '';
  // Nobody signs in without a network.
  document.querySelector('.topline a[href$="/account/sign-in"]').hidden = !isAsked || isHere || !navigator.onLine;
}

async function askWho() {
  if (navigator.onLine) {
    try {
      const session = await askPerson();
      const person = await store.person();
      former = person && !person.byPin && person.user !== session.user ? person.user : undefined;
    } catch (problem) {
      console.warn('Not asked who it is:', problem.message); // no signal: what the phone knows stands
    }
  }
  isAsked = true;
  await tellWho();
}

const section = document.querySelector('[data-people]');
const form = section.querySelector('form');
const error = form.querySelector('.invalid-feedback');
let chosen;

/** The people who share this phone: one of them is at it, the others come in with their PIN. */
async function showPeople() {
  const [people, person] = await Promise.all([store.people(), store.person()]);
  const known = people.filter((one) => !one.isProposed).sort((one, other) => one.name.localeCompare(other.name, 'vi'));
  section.hidden = known.length === 0;
  section.querySelector('ul').replaceChildren(...known.map((one) => {
    const row = document.querySelector('template[data-person]').content.firstElementChild.cloneNode(true);
    const isHere = one.user === person?.user;
    row.querySelector('b').textContent = one.name;
    row.querySelector('.state').hidden = !isHere;
    const button = row.querySelector('button');
    button.hidden = isHere;
    button.setAttribute('aria-label', `${button.textContent.trim()}: ${one.name}`);
    button.addEventListener('click', () => choose(one));
    return row;
  }));
}

function choose(one) {
  chosen = one;
  form.hidden = false;
  error.hidden = true;
  form.querySelector('label').textContent = fill(texts.pinOf, one.name);
  form.elements.pin.value = '';
  form.elements.pin.focus();
}

/** Resolves to nothing when the person is in, else to why not. */
async function enter(one, pin) {
  try {
    const session = await askPerson();
    const person = session.people.find(({ user }) => user === one.user);
    return person ? await tryThere(session, person, pin) : texts.pinGone;
  } catch {
    // No network: the phone looks for itself.
    return { right: undefined, wrong: texts.pinWrong, locked: texts.pinLocked }[await tryHere(one.user, pin)];
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  const problem = await enter(chosen, form.elements.pin.value);
  button.disabled = false;
  error.hidden = !problem;
  error.textContent = problem ?? '';
  form.elements.pin.value = '';
  if (problem) return;
  form.hidden = true;
  await show();
  line.send();
});

for (const name of ['online', 'offline']) addEventListener(name, show);
addEventListener('online', askWho);
store.onChange(show);
await show();
document.documentElement.dataset.ready = '';
line.send();
await askWho();
