// The form works without this: a button fetches the fields of the chosen kind. With it, choosing is enough.
const kinds = document.getElementById('kinds');
const button = kinds.querySelector('button');
button.hidden = true;
kinds.addEventListener('change', () => button.form.requestSubmit(button));
