// Before somebody signs out, a phone looks after what it keeps (attendance/leave.js).
document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.matches('[data-forget]') || form.dataset.ready === '' || !('indexedDB' in window)) return;
  event.preventDefault();
  try {
    const { leave } = await import(new URL('./leave.js', import.meta.url).href);
    if (!await leave(form.dataset.user)) return;
  } catch (error) {
    console.error(error); // storage switched off: there is nothing to look after
  }
  form.dataset.ready = '';
  form.requestSubmit();
}, true);
