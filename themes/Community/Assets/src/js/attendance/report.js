// The point's state, reason and head counts: into the queue like a mark, so that it works without signal.
import { say, sheet, texts } from './page.js';
import { sendSoon } from './line.js';
import { keep } from './keep.js';
import * as store from './store.js';

const form = document.querySelector('[data-report]');

/** What a field of the form counts; nothing when it is empty, or when this session asks for no people on the line. */
const counted = (field) => field && field.value !== '' ? Number(field.value) : undefined;

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { state, reasonCode, reasonText, headCount, onlineCount } = form.elements;
  const reason = reasonCode.value && reasonCode.selectedOptions[0].dataset.other !== 'True' ? reasonCode.value : reasonText.value.trim();
  if (state.value === 'Absent' && !reason) {
    reasonCode.focus();
    say(texts.reasonNeeded);
    return;
  }
  const report = { state: state.value, reason, head_count: counted(headCount), online_count: counted(onlineCount), form: [reasonCode.value, reasonText.value] };
  await store.add(sheet, { kind: 'report', report });
  say(texts.reported);
  sendSoon();
  keep();
});

/** Puts the last report of this device over what the server wrote. */
export async function overlayReport() {
  const [known, queue] = await Promise.all([store.knownOf(sheet), store.queueOf(sheet)]);
  const latest = queue.filter((item) => item.kind === 'report' && item.state === 'waiting').at(-1)?.report ?? known.find((one) => one.kind === 'report')?.report;
  if (!latest) return;
  const { className, icon, text } = JSON.parse([...form.elements.state.options].find((option) => option.value === latest.state).dataset.badge);
  const badge = document.querySelector('[data-point-state] .state');
  badge.className = `state ${className}`;
  badge.querySelector('use').setAttribute('href', `#i-${icon}`);
  badge.lastChild.textContent = ` ${text}`;
  // Nobody's typing is overwritten.
  if (form.contains(document.activeElement)) return;
  const { state, reasonCode, reasonText, headCount, onlineCount } = form.elements;
  state.value = latest.state;
  [reasonCode.value, reasonText.value] = latest.form ?? ['', ''];
  if (latest.head_count !== undefined) headCount.value = latest.head_count;
  if (onlineCount && latest.online_count !== undefined) onlineCount.value = latest.online_count;
}

// What needs the server at once is not begun without it.
for (const other of document.querySelectorAll('form[data-needs-network]')) {
  other.addEventListener('submit', (event) => {
    if (navigator.onLine && !Number(document.querySelector('[data-sync]').dataset.waiting)) return;
    event.preventDefault();
    say(navigator.onLine ? texts.sendFirst : texts.needsNetwork);
    if (navigator.onLine) sendSoon();
  });
}
