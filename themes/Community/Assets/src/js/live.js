// The live board: wall mode, and reports that its line is open or lost. The tiles are replaced by htmx (sse or polling).
document.addEventListener('click', (event) => {
  if (!event.target.closest('[data-wall]')) return;
  document.body.classList.add('wall');
  document.documentElement.requestFullscreen?.().catch(() => {}); // refused on some phones: the large type is there anyway
});

const leave = () => document.body.classList.remove('wall');
document.addEventListener('keydown', (event) => { if (event.key === 'Escape') leave(); });
document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement) leave(); });
