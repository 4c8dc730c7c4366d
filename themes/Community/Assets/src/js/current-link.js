// Marks where we are in the bar and the rail, when the server has not: the longest address that ours begins with.
for (const nav of document.querySelectorAll('[data-nav]')) {
  if (nav.querySelector('[aria-current]')) continue;
  const here = `${location.pathname}/`;
  const fitting = [...nav.querySelectorAll('a')]
    .filter((link) => link.pathname !== '/' || here === '//')
    .filter((link) => here.startsWith(`${link.pathname.replace(/\/$/, '')}/`))
    .sort((a, b) => b.pathname.length - a.pathname.length);
  fitting[0]?.setAttribute('aria-current', 'page');
}
