// The dialog that offers files of the media library to editors.
const picker = document.getElementById('picker');
const results = picker.querySelector('[data-results]');
const query = picker.querySelector('input');
const kind = picker.querySelector('select');
let take;

async function find() {
  const answer = await fetch(`${picker.dataset.url}?${new URLSearchParams({ q: query.value, kind: kind.value })}`);
  if (answer.ok) results.innerHTML = await answer.text();
  else results.textContent = picker.dataset.failed;
}

const show = () => find().catch(() => { results.textContent = picker.dataset.failed; });

/** Opens the library with files of that kind. `onChosen` gets what the chosen one says of itself: { markdown, name, description, picture }. */
export function choose(wanted, onChosen) {
  take = onChosen;
  kind.value = wanted;
  results.textContent = '';
  picker.showModal();
  show();
}

let searching;
query.addEventListener('input', () => {
  clearTimeout(searching);
  searching = setTimeout(show, 300);
});
kind.addEventListener('change', show);
addEventListener('focus', () => picker.open && show()); // back from uploading in another tab
picker.addEventListener('click', (event) => {
  const choice = event.target.closest('[data-markdown]');
  if (choice) {
    picker.close();
    take({ ...choice.dataset, picture: choice.querySelector('img')?.src });
  } else if (event.target.closest('[data-close]')) {
    picker.close();
  }
});
