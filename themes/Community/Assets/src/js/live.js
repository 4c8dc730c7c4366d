// The live board's wall mode: large type, no controls. Without script the same link leads to the page in that mode.
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-wall-leave]')) {
    event.preventDefault();
    leave();
    if (document.fullscreenElement) document.exitFullscreen();
  }
  if (!event.target.closest('[data-wall]')) return;
  event.preventDefault();
  document.body.classList.add('wall');
  scrollTo(0, 0);
  document.documentElement.requestFullscreen?.().catch(() => {}); // refused on some phones: the large type is there anyway
});

const leave = () => document.body.classList.remove('wall');
document.addEventListener('keydown', (event) => { if (event.key === 'Escape') leave(); });
document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement) leave(); });
