// Somebody who keeps courses on this phone: whatever page opens next sends what waits, and says who is signed in.
import { keeps } from './learn/keeps.js';

if (keeps() && !document.querySelector('[data-keep-course]')) {
  import(new URL('./learn-send.js', import.meta.url).href).catch((error) => console.warn('Not sent yet:', error.message)); // the next page does it
}
