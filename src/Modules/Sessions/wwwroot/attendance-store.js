// Marks go to this device first and then to the server, which answers per mark; a mark leaves the device only when it was answered.
// Listens to the sheet's 'sheet:mark' events. Without script each mark is a plain form.
const sheet = document.querySelector('[data-sheet]');
const line = document.querySelector('[data-sync]');
const queueKey = `sheet:${sheet.dataset.eventsUrl}`;
const batchSize = 40;
const retryAfter = 15_000;

let sent = 0;
let sending = false;
let timer;

const read = () => JSON.parse(localStorage.getItem(queueKey) ?? '[]');
const write = (queue) => localStorage.setItem(queueKey, JSON.stringify(queue));
const clock = () => new Date().toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit' });

function device() {
  const known = localStorage.getItem('device') ?? crypto.randomUUID();
  localStorage.setItem('device', known);
  return known;
}

function tell(more) {
  const waiting = read().length;
  const words = line.dataset.saved.replace('{0}', waiting).replace('{1}', sent).replace('{2}', clock());
  line.textContent = more ? `${words} · ${more}` : words;
  line.classList.toggle('sync-wait', waiting > 0);
}

async function post(batch) {
  const answer = await fetch(sheet.dataset.eventsUrl, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/json', RequestVerificationToken: sheet.dataset.token },
    body: JSON.stringify({ device: device(), events: batch }),
  });
  if (answer.type === 'opaqueredirect' || answer.status === 401) return null;
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).results;
}

function settle(results) {
  const answered = new Set(results.map((result) => result.id));
  write(read().filter((mark) => !answered.has(mark.id)));
  sent += results.filter((result) => result.outcome !== 'rejected').length;
  tell(results.find((result) => result.outcome === 'rejected')?.message);
}

async function send() {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  try {
    for (let batch = read().slice(0, batchSize); batch.length; batch = read().slice(0, batchSize)) {
      const results = await post(batch);
      if (!results) {
        tell(line.dataset.signedOut);
        return;
      }
      settle(results);
    }
  } catch {
    // No signal or a busy server: the marks stay here, the line says so, and the next try comes by itself.
    tell(line.dataset.failed);
    timer = setTimeout(send, retryAfter);
  } finally {
    sending = false;
  }
}

sheet.addEventListener('sheet:mark', (event) => {
  event.preventDefault();
  const { person, kind, at } = event.detail;
  write([...read(), { id: crypto.randomUUID(), member: person, kind, at }]);
  tell();
  send();
});
window.addEventListener('online', send);
if (read().length) send();
