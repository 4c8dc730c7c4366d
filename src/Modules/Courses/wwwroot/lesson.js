// The lesson works without this. It reads the text aloud where the device has a Vietnamese voice, and remembers the section being read.
const article = document.getElementById('lesson');

const listen = document.getElementById('listen');
const speech = window.speechSynthesis;
const findVoice = () => speech?.getVoices().find(voice => voice.lang.toLowerCase().startsWith('vi'));

function offerVoice() {
  if (findVoice()) {
    listen.hidden = false;
  }
}

// One sentence block at a time: long texts stop half way on some phones.
function readAloud() {
  const label = listen.querySelector('span');
  const start = label.textContent;
  const parts = [...article.querySelectorAll('p, li, h2, h3, h4')]
    .filter(part => !part.querySelector('p, li'))
    .map(part => part.textContent.trim())
    .filter(Boolean);
  const stop = () => {
    speech.cancel();
    label.textContent = start;
    listen.onclick = readAloud;
  };
  label.textContent = listen.dataset.stop;
  listen.onclick = stop;
  parts.forEach((text, index) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = findVoice();
    utterance.lang = 'vi-VN';
    utterance.rate = 0.95;
    if (index === parts.length - 1) {
      utterance.onend = stop;
    }
    speech.speak(utterance);
  });
}

if (listen && speech) {
  listen.onclick = readAloud;
  offerVoice();
  speech.addEventListener?.('voiceschanged', offerVoice);
  addEventListener('pagehide', () => speech.cancel());
}

const { position, anchor } = article.dataset;
if (position) {
  if (anchor && !location.hash) {
    document.getElementById(anchor)?.scrollIntoView();
  }

  const token = document.querySelector('input[name="__RequestVerificationToken"]')?.value;
  let remembered = anchor ?? '';
  let current = remembered;
  const remember = () => {
    if (current !== remembered) {
      remembered = current;
      navigator.sendBeacon(position, new URLSearchParams({ anchor: current, __RequestVerificationToken: token }));
    }
  };
  const watcher = new IntersectionObserver(entries => {
    for (const entry of entries.filter(entry => entry.isIntersecting)) {
      current = entry.target.id;
    }
  }, { rootMargin: '0px 0px -60% 0px' });
  article.querySelectorAll('h2[id]').forEach(heading => watcher.observe(heading));
  addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && remember());
  addEventListener('pagehide', remember);
}
