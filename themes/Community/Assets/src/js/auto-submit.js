// <form data-auto-submit>: a changed filter is applied at once. Typed words wait for the button: a whole new page would take the cursor away.
document.addEventListener('change', (event) => {
  if (!event.target.matches('[type=search], [type=text]')) event.target.closest('form[data-auto-submit]')?.requestSubmit();
});
