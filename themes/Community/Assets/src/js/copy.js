// <button data-copy="ID" data-copied="words">: copies the text of a field, and says so.
document.addEventListener('click', async event => {
  const button = event.target.closest('button[data-copy]');
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  await navigator.clipboard?.writeText(field.value);
  document.body.dispatchEvent(new CustomEvent('toast', { detail: { text: button.dataset.copied } }));
});
