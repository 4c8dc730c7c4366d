// The lesson's form works without this. With it: a toolbar, a picker for the media library, and the lesson as a member's phone shows it, while it is being written.
import { choose } from './media-picker.js';

const form = document.getElementById('lesson-form');
const text = document.getElementById('Form_Markdown');
const frame = document.getElementById('phone');
const weight = document.getElementById('weight');

/** Puts text in place of the selection, so that Ctrl+Z takes it back where the browser can. */
function put(insert, from = text.selectionStart, to = text.selectionEnd) {
  text.focus();
  text.setSelectionRange(from, to);
  if (!document.execCommand('insertText', false, insert)) {
    text.setRangeText(insert, from, to, 'end');
    text.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

const selected = () => text.value.slice(text.selectionStart, text.selectionEnd);

function wrap(mark, words) {
  const from = text.selectionStart;
  const inner = selected() || words;
  put(mark + inner + mark);
  text.setSelectionRange(from + mark.length, from + mark.length + inner.length);
}

const lineMark = /^(#{1,6}|[-*]|\d+\.) +/;

/** Begins each line of the selection with the mark in place of another ("1." counts on), or takes it away where it stands already. What opens or closes a box is no such line. */
function lines(mark) {
  const from = text.value.lastIndexOf('\n', text.selectionStart - 1) + 1;
  const end = text.value.indexOf('\n', text.selectionEnd);
  const to = end < 0 ? text.value.length : end;
  const all = text.value.slice(from, to).split('\n');
  const wanted = all.filter((line) => !line.startsWith(':::') && (line || all.length === 1));
  if (wanted.length === 0) {
    put(`\n${mark} `, to, to);
    return;
  }
  const marked = (line) => (mark === '1.' ? /^\d+\. /.test(line) : line.startsWith(`${mark} `));
  const takeAway = wanted.every(marked);
  let step = 0;
  const changed = all.map((line) => {
    if (!wanted.includes(line)) return line;
    const bare = line.replace(lineMark, '');
    return takeAway ? bare : `${mark === '1.' ? `${++step}.` : mark} ${bare}`;
  }).join('\n');
  put(changed, from, to);
  if (all.length > 1) text.setSelectionRange(from, from + changed.length);
}

/** A block stands alone: an empty line before and after it. */
function block(insert) {
  const before = text.value.slice(0, text.selectionStart);
  put((before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n') + insert + '\n\n');
}

const box = (name, words) => block(`:::${name} ${words}\n${selected() || words}\n:::`);

form.querySelector('.toolbar').addEventListener('click', (event) => {
  const { mark, line, box: name, words, media } = event.target.closest('button')?.dataset ?? {};
  if (mark) wrap(mark, words);
  else if (line) lines(line);
  else if (name) box(name, words);
  else if (media !== undefined) choose(media, ({ markdown }) => (markdown.startsWith('!') ? block(markdown) : put(markdown)));
});

const theme = document.documentElement.getAttribute('data-theme');
const head = [...document.querySelectorAll('link[rel=stylesheet]')].map((link) => link.outerHTML).join('');
const escape = (words) => words.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

let running;
async function preview() {
  running?.abort();
  running = new AbortController();
  const answer = await fetch(form.dataset.preview, { method: 'POST', body: new FormData(form), signal: running.signal });
  if (!answer.ok) return;
  const part = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const scroll = frame.contentWindow?.scrollY ?? 0;
  frame.onload = () => frame.contentWindow.scrollTo(0, scroll);
  frame.srcdoc = `<!doctype html><html lang="vi"${theme ? ` data-theme="${escape(theme)}"` : ''}><head><meta name="viewport" content="width=device-width"><title>${escape(frame.title)}</title>${head}</head>`
    + `<body class="phone-page"><h1>${escape(form.elements['Form.Title'].value)}</h1>${part.querySelector('article').outerHTML}</body></html>`;
  weight.innerHTML = part.querySelector('[data-weight]').outerHTML;
}

let typing;
const later = (wait) => {
  clearTimeout(typing);
  typing = setTimeout(() => preview().catch((error) => error.name === 'AbortError' || console.warn('No preview:', error.message)), wait);
};
form.addEventListener('input', () => later(500));
form.addEventListener('kept:restored', () => later(0));
later(0);
