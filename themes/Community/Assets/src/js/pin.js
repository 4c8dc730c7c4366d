// "Dùng chung máy này": what the server keeps of the PIN is also kept on this phone, for when there is no network. Without script the PIN works with a network only.
import { decide, propose } from './learn/people.js';

const form = document.querySelector('form[data-pin]');
if (form && window.crypto?.subtle && 'indexedDB' in window) {
  const { user, name, row } = form.dataset;
  await decide(user, row);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    try {
      await propose({ user, name, pin: form.elements.Pin.value, row });
    } catch (error) {
      console.warn('The PIN works with a network only:', error.message); // storage switched off
    }
    form.submit();
  });
}
