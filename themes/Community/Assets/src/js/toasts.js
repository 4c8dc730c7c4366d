// One line below: what was done, and how to take it back. From the page (rendered by the server) or from a script.
const shownFor = 12_000;

function toast({ text, undo, undoLabel = 'Hoàn tác' }) {
  const area = document.querySelector('#toasts');
  const line = document.createElement('div');
  line.className = 'toast-line';
  line.append(Object.assign(document.createElement('span'), { textContent: text }));
  if (undo) line.append(undoButton(undo, undoLabel, line));
  area.replaceChildren(line);
  fade(line);
}

function undoButton(take, label, line) {
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: label });
  button.addEventListener('click', () => { line.remove(); take(); });
  return button;
}

// A line that is being read (pointer over it, focus inside) stays.
function fade(line) {
  let timer = setTimeout(() => line.remove(), shownFor);
  const stay = () => clearTimeout(timer);
  const go = () => { stay(); timer = setTimeout(() => line.remove(), shownFor); };
  line.addEventListener('pointerenter', stay);
  line.addEventListener('focusin', stay);
  line.addEventListener('pointerleave', go);
  line.addEventListener('focusout', go);
}

document.body.addEventListener('toast', (event) => toast(event.detail));
for (const line of document.querySelectorAll('#toasts .toast-line')) fade(line);
