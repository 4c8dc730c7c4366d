// Somebody who keeps courses on this phone: whatever page opens next sends what waits, and says who is signed in.
const key = 'keeps-courses';

export function setKeeps() {
  localStorage.setItem(key, '1');
}

function keeps() {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false; // storage switched off: nothing is kept then
  }
}

if (keeps() && !document.querySelector('[data-keep-course]')) {
  import(new URL('./learn-send.js', import.meta.url).href).catch((error) => console.warn('Not sent yet:', error.message)); // the next page does it
}
