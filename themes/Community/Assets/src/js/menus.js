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

// Near the lower edge a menu opens upward where it fits there; where it fits nowhere, the page moves until its end is seen.
document.addEventListener('toggle', ({ target: menu }) => {
  if (!menu.matches('.menu')) return;
  menu.classList.remove('menu-up');
  const list = menu.querySelector('.menu-list');
  const { bottom, height } = list.getBoundingClientRect();
  if (!menu.open || bottom <= innerHeight - 64 || menu.closest('.topline')) return;
  if (menu.getBoundingClientRect().top > height + 8) menu.classList.add('menu-up');
  else list.scrollIntoView({ block: 'nearest' });
}, true);

document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('.menu[open]')) {
    if (!menu.contains(event.target) || event.target.closest('.menu-list :is(a, button)')) menu.open = false;
  }
});
