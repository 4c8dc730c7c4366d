// <form data-auto-submit>: a changed filter is applied at once, typed words after a short rest. With htmx on the
// form only the list changes; without it the page is asked again. The button is for those without script.
let timer;

document.addEventListener('change', (event) => submit(event, 0));
document.addEventListener('input', (event) => {
  if (event.target.matches('[type=search], [type=text]')) submit(event, 350);
});

function submit(event, after) {
  const form = event.target.closest('form[data-auto-submit]');
  if (!form || (!after && event.target.matches('[type=search], [type=text]'))) return;
  const typing = after > 0 && !form.matches('[hx-get]'); // a whole page would take the cursor away
  if (typing) return;
  clearTimeout(timer);
  timer = setTimeout(() => form.requestSubmit(), after);
}
