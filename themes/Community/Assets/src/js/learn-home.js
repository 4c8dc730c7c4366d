// "Khóa học trên máy này": the courses kept on this phone. Works without a network.
import './light.js';
import { day, fill } from './dom.js';
import { makeLine } from './learn/line.js';
import * as store from './learn/store.js';

const page = document.querySelector('[data-learn-home]');
const place = document.querySelector('[data-kept-courses]');
const template = document.querySelector('template');
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
  document.querySelector('.topline a[href$="/account/sign-in"]').hidden = !navigator.onLine || Boolean(await store.person());
  await line.tell();
}

for (const name of ['online', 'offline']) addEventListener(name, show);
store.onChange(show);
await show();
document.documentElement.dataset.ready = '';
line.send();
