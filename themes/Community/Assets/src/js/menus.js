// <details class="menu"> closes on Escape, on a click outside and after a choice.
const open = () => document.querySelector('.menu[open]');

document.addEventListener('keydown', (event) => {
  const menu = open();
  if (event.key !== 'Escape' || !menu) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});

document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('.menu[open]')) {
    if (!menu.contains(event.target) || event.target.closest('.menu-list button')) menu.open = false;
  }
});
