// The scanner: loaded when it opens. A card, a paper code or a member's code in one box; each answer is a sound, a colour and a word.
import { read, isGenuine } from './card.js';

const again = 3_000; // the same card held before the camera counts once
const pace = 150;
const size = 640;
const notes = { good: [880, 1320], warning: [660, 660], bad: [220, 165] };

/** @param tools what the sheet lends: {key, texts, fill, find, findByPaper, nameOf, mark, addWalkIn, sheet} */
export function makeScanner(dialog, tools) {
  const { texts, fill } = tools;
  const video = dialog.querySelector('video');
  const result = dialog.querySelector('[data-scan-result]');
  const offer = dialog.querySelector('[data-scan-add]');
  const form = dialog.querySelector('form');
  let stream;
  let timer;
  let last = {};
  let sound;

  function tell(tone, text, unlisted) {
    result.dataset.tone = tone;
    result.querySelector('use').setAttribute('href', `#i-${{ good: 'good', warning: 'warning', bad: 'bad' }[tone]}`);
    result.querySelector('span').textContent = text;
    result.hidden = false;
    offer.hidden = !unlisted;
    offer.onclick = async () => {
      offer.hidden = true;
      await tools.addWalkIn(unlisted.member, unlisted.facts);
      tell('good', fill(texts.scanned, unlisted.member));
    };
    beep(tone);
    navigator.vibrate?.(tone === 'good' ? 60 : [60, 60, 120]);
  }

  function beep(tone) {
    sound ??= new AudioContext();
    notes[tone].forEach((pitch, index) => {
      const voice = sound.createOscillator();
      voice.frequency.value = pitch;
      voice.connect(sound.destination);
      voice.start(sound.currentTime + index * 0.12);
      voice.stop(sound.currentTime + index * 0.12 + 0.1);
    });
  }

  async function take(text) {
    const card = read(text);
    if (card) {
      if (tools.key && !await isGenuine(card, tools.key)) return tell('bad', texts.forged);
      const row = tools.find(card.member);
      if (row && card.issue < Number(row.dataset.issue || 1)) return tell('bad', fill(texts.void, tools.nameOf(row)));
      return come(row, card.member, { method: 'card', card: text.trim() });
    }
    const typed = text.trim().toUpperCase();
    const byPaper = /^\d+\p{L}$/u.test(typed) && tools.findByPaper(typed);
    if (byPaper) return come(byPaper, byPaper.dataset.person, { method: 'paper' });
    const row = tools.find(typed);
    return row || tools.codePattern.test(typed) ? come(row, typed, { method: 'roster' }) : tell('bad', /^\d+\p{L}$/u.test(typed) ? texts.paperUnknown : texts.codeUnknown);
  }

  async function come(row, member, facts) {
    const kind = form.elements.way.value;
    if (!row) return tell('warning', fill(texts.notListed, member), { member, facts });
    const name = tools.nameOf(row);
    const isIn = ['in', 'late', 'left_early'].includes(row.dataset.state) && !row.hasAttribute('data-out');
    if (kind === 'in' ? isIn : row.hasAttribute('data-out')) return tell('warning', fill(kind === 'in' ? texts.alreadyIn : texts.alreadyOut, name));
    await tools.mark(member, kind, { ...facts, ...(row.hasAttribute('data-walk-in') ? { walk_in: true } : {}) });
    return tell('good', fill(kind === 'in' ? texts.scanned : texts.scannedOut, name));
  }

  async function makeReader() {
    if ('BarcodeDetector' in globalThis && (await BarcodeDetector.getSupportedFormats()).includes('qr_code')) {
      const detector = new BarcodeDetector({ formats: ['qr_code'] });
      return async () => (await detector.detect(video))[0]?.rawValue;
    }
    const { default: jsQR } = await import(new URL('./jsqr.js', import.meta.url).href);
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d', { willReadFrequently: true });
    return () => {
      const scale = Math.min(1, size / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = video.videoWidth * scale;
      canvas.height = video.videoHeight * scale;
      if (!canvas.width) return undefined;
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
      return jsQR(data, width, height, { inversionAttempts: 'dontInvert' })?.data;
    };
  }

  async function look(reader) {
    const text = await reader();
    const now = performance.now();
    if (text && (text !== last.text || now - last.at > again)) {
      last = { text, at: now };
      await take(text);
    } else if (text) {
      last.at = now;
    }
    if (stream) timer = setTimeout(look, pace, reader);
  }

  async function start() {
    const note = dialog.querySelector('[data-scan-camera]');
    note.textContent = '';
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: size } } });
    } catch {
      video.hidden = true;
      note.textContent = texts.noCamera; // refused or missing: the box below takes codes
      form.elements.code.focus();
      return;
    }
    if (!dialog.open) return stop();
    video.hidden = false;
    video.srcObject = stream;
    await video.play();
    look(await makeReader());
  }

  function stop() {
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
    video.srcObject = null;
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const { code } = form.elements;
    if (code.value.trim()) await take(code.value);
    code.value = '';
  });
  dialog.addEventListener('close', stop);
  return () => {
    result.hidden = true;
    offer.hidden = true;
    last = {};
    dialog.showModal();
    return start();
  };
}
