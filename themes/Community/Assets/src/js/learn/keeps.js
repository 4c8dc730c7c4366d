// Whether this phone keeps courses, or something of them that is not sent yet: known before anything is opened.
const key = 'keeps-courses';

export const setKeeps = (keeps) => (keeps ? localStorage.setItem(key, '1') : localStorage.removeItem(key));

export function keeps() {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false; // storage switched off: nothing is kept then
  }
}
