// The organizer's form in parts: opens the next part on request, and tells when it was last saved. Saving itself is
// htmx on the form (hx-trigger="change delay:600ms"); the summary at the side is the answer of the server.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-fold-next]');
  if (!button) return;
  const fold = button.closest('.fold');
  const next = document.getElementById(button.dataset.foldNext);
  fold.open = false;
  next.open = true;
  next.querySelector('summary').focus();
});

// A field with an error must be seen: its part opens.
for (const field of document.querySelectorAll('.fold .is-invalid, .fold .input-validation-error')) field.closest('.fold').open = true;
