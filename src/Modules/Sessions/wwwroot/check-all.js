// One box that ticks all boxes of a name: <input type="checkbox" data-check-all="Points">.
for (const all of document.querySelectorAll('[data-check-all]')) {
  const boxes = [...all.form.querySelectorAll(`input[name="${all.dataset.checkAll}"]`)];
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener('change', () => boxes.forEach((box) => { box.checked = all.checked; }));
  all.form.addEventListener('change', (event) => { if (event.target !== all) tell(); });
  tell();
}
