// The member's own card: once seen, it opens without a network too, because that is where it is held out to be scanned.
import './light.js';

const tellNetwork = () => { document.querySelector('[data-network]').hidden = navigator.onLine; };
for (const name of ['online', 'offline']) addEventListener(name, tellNetwork);
tellNetwork();

if (navigator.serviceWorker) {
  try {
    await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
    const { active } = await navigator.serviceWorker.ready;
    const size = await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      active.postMessage({ keep: [location.pathname] }, [port2]);
    });
    // Without a network nothing is fetched, and what shows is what was kept before.
    document.querySelector('[data-kept-card]').hidden = !(size > 0 || !navigator.onLine);
  } catch (error) {
    console.warn('The card is not kept:', error.message); // storage full or switched off: a screenshot does it too
  }
}
document.documentElement.dataset.ready = '';
