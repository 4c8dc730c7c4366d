// <form data-keep="USER:schedule:new"> with the partial "Kept": what is typed stays on this device until it was sent, so that a lost connection, an ended sign-in or a
// closed page loses nothing. A form that was changed by somebody else meanwhile keeps its old version number and is refused by the server
// in words. A shared device forgets everything on sign-out.
import { prefix, read } from './kept-store.js';

const form = document.querySelector('form[data-keep]');
const line = form.querySelector('[data-kept]');
const key = prefix + form.dataset.keep;

const write = (key, record) => {
  try {
    localStorage.setItem(key, JSON.stringify(record));
    return true;
  } catch {
    return false; // storage full or switched off: the form works without it
  }
};

const fields = () => [...form.elements].filter((field) => field.name && !['file', 'password', 'submit', 'button'].includes(field.type) && !field.name.startsWith('__'));
const isTicked = (field) => field.type === 'checkbox' || field.type === 'radio';
const values = () => fields().map((field) => [field.name, isTicked(field) ? field.checked : field.value]);
const time = (at) => new Date(at).toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' });

function say(text, canDrop) {
  line.hidden = false;
  line.querySelector('span').textContent = text;
  line.querySelector('button').hidden = !canDrop;
}

function restore(record) {
  const all = fields();
  if (all.length !== record.values.length || all.some((field, index) => field.name !== record.values[index][0])) return;
  all.forEach((field, index) => {
    if (isTicked(field)) field.checked = record.values[index][1];
    else field.value = record.values[index][1];
  });
  say(line.dataset.restored.replace('{0}', time(record.at)), true);
  addEventListener('load', () => form.dispatchEvent(new Event('kept:restored'))); // after the page's own script
}

const record = read(key);
// An answer that names mistakes brings back what was typed, one that says it was saved has what was sent; a fresh page has neither.
if (document.querySelector('.error-summary') || (record?.sent && document.querySelector('#toasts .toast-line'))) localStorage.removeItem(key);
else if (record) restore(record);

let timer;
form.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const at = Date.now();
    if (write(key, { at, values: values() })) say(line.dataset.saved.replace('{0}', time(at)), false);
  }, 400);
});
form.addEventListener('submit', () => {
  clearTimeout(timer);
  write(key, { at: Date.now(), values: values(), sent: true });
});
line.querySelector('button').addEventListener('click', () => {
  localStorage.removeItem(key);
  location.reload();
});
