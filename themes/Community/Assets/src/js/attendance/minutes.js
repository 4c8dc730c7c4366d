// How many minutes late or early: one tap on a usual number, or another number, or none.
import { fill, texts } from './page.js';

const dialog = document.querySelector('#minutes');
const other = dialog.querySelector('input');

/** {minutes} or {} when nobody knows; null when the question was closed. */
export function askMinutes(name, kind) {
  dialog.querySelector('h2').textContent = fill(kind === 'late' ? texts.howLate : texts.howEarly, name);
  other.value = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      if (!dialog.returnValue) resolve(null);
      else if (dialog.returnValue === 'unknown') resolve({});
      else {
        const minutes = Number(dialog.returnValue === 'other' ? other.value : dialog.returnValue);
        resolve(minutes > 0 ? { minutes } : {});
      }
      dialog.returnValue = '';
    }, { once: true });
  });
}
