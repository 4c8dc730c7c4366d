// A question works without this: steps by numbers, the end of the time by the clock. With it: steps are moved by buttons, and the time counts down.
const steps = document.getElementById('steps');

/** The fields keep their names; only what they say follows the order on the screen. */
function number() {
  [...steps.children].forEach((step, index) => {
    step.querySelector('select').value = index + 1;
    step.querySelector('[data-move="-1"]').disabled = index === 0;
    step.querySelector('[data-move="1"]').disabled = index === steps.children.length - 1;
  });
}

function move(button) {
  const step = button.closest('li');
  if (button.dataset.move === '-1') step.previousElementSibling.before(step);
  else step.nextElementSibling.after(step);
  number();
  (button.disabled ? step.querySelector('button:not(:disabled)') : button).focus();
  document.getElementById('steps-said').textContent = steps.dataset.moved
    .replace('{0}', step.querySelector('.steps-text').textContent)
    .replace('{1}', [...steps.children].indexOf(step) + 1);
}

if (steps) {
  // Who was sent back with an answer goes on from it.
  const place = (step) => Number(step.querySelector('select').value) || Infinity;
  [...steps.children].sort((one, other) => place(one) - place(other)).forEach((step) => steps.append(step));
  steps.closest('fieldset').classList.add('steps-moving');
  number();
  steps.addEventListener('click', (event) => {
    const button = event.target.closest('[data-move]');
    if (button) move(button);
  });
}

const time = document.querySelector('[data-left]');
if (time) {
  const words = time.querySelector('span');
  const said = document.querySelector('[data-last-minute]');
  // Counted from the page's arrival, because clocks of phones are often wrong.
  const end = performance.now() + Number(time.dataset.left) * 1000;
  const show = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    words.textContent = left > 0 ? time.dataset.words.replace('{0}', Math.floor(left / 60)).replace('{1}', left % 60) : time.dataset.over;
    if (left <= 60 && !said.textContent) said.textContent = said.dataset.lastMinute;
    if (left === 0) clearInterval(timer);
  };
  const timer = setInterval(show, 1000);
  show();
}
