// Keeps the count of invited people true while the organizer ticks units, levels and roles.
const form = document.querySelector('[data-schedule]');
const count = form.querySelector('[data-count]');
let asked = 0;

async function recount() {
  const mine = ++asked;
  const answer = await fetch(form.dataset.countUrl, { method: 'POST', body: new FormData(form) });
  if (answer.ok && mine === asked) {
    count.innerHTML = await answer.text();
  }
}

form.addEventListener('kept:restored', () => {
  form.querySelectorAll('details:not([open]):has(:checked)').forEach(fold => {
    fold.open = true;
  });
  recount();
});
form.addEventListener('change', event => {
  if (event.target.closest('[data-counted]')) {
    recount();
  }
});
