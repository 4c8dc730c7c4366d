// The form works without this: a button fetches the fields of the chosen kind. With it, choosing is enough.
const kinds = document.getElementById('kinds');
const button = kinds.querySelector('button');
button.hidden = true;
kinds.addEventListener('change', () => button.form.requestSubmit(button));

/** A picture of the library in place of the one that is named: its name, what it looks like, and what it shows, unless the author has said that already. */
function put(field, { name, description, picture }) {
  const [input, text, image] = ['[data-picture-name]', '[data-picture-text]', 'img'].map((part) => field.querySelector(part));
  input.value = name;
  text.value ||= description;
  image.src = picture;
  image.hidden = false;
  for (const changed of [input, text]) changed.dispatchEvent(new Event('input', { bubbles: true }));
}

for (const field of document.querySelectorAll('[data-picture]')) {
  field.querySelector('[data-pick]').addEventListener('click', async () => {
    const { choose } = await import('./media-picker.js'); // its dialog is there only where pictures are asked for
    choose('Picture', (chosen) => put(field, chosen));
  });
}
