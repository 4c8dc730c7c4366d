// Where forms with data-keep put what is typed.
export const prefix = 'kept:';

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // storage switched off, or spoilt
  }
}
