// <details class="menu"> closes on Escape, on a click outside and after a choice.
const open = () => document.querySelector('.menu[open]');

document.addEventListener('keydown', (event) => {
  const menu = open();
  if (event.key !== 'Escape' || !menu) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});

// Filters at the side stand open where there is room: <details class="fold" data-open-wide>.
if (matchMedia('(min-width: 900px)').matches) {
  for (const fold of document.querySelectorAll('[data-open-wide]')) fold.open = true;
}

// Near the lower edge a menu opens upward.
document.addEventListener('toggle', ({ target: menu }) => {
  if (!menu.matches('.menu')) return;
  menu.classList.remove('menu-up');
  if (menu.open) menu.classList.toggle('menu-up', menu.querySelector('.menu-list').getBoundingClientRect().bottom > innerHeight - 64);
}, true);

document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('.menu[open]')) {
    if (!menu.contains(event.target) || event.target.closest('.menu-list button')) menu.open = false;
  }
});
