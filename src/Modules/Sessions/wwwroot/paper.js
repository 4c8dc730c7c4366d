// Says at once who each typed code is, and what is wrong with it. The server checks everything again.
const form = document.querySelector('[data-paper]');
const text = form.querySelector('textarea');
const list = form.querySelector('[data-read]');
const count = form.querySelector('[data-count]');
const people = new Map(Object.entries(JSON.parse(form.dataset.people)));
const numbers = new Set([...people.keys()].map(code => code.slice(0, -1)));
const words = JSON.parse(form.dataset.words);
const fill = (pattern, ...values) => pattern.replace(/\{(\d)\}/g, (_, index) => values[index]);

/** A letter ends a code, so the next one needs no space before it; after minutes it does. */
const apart = word => /^(?:\d{1,5}[a-z]-?)+(?:\d{0,5}|\d{1,5}[a-z]\+\d{0,3})$/i.test(word) ? word.match(/\d{1,5}[a-z](?:\+\d{0,3}|-)?|\d+$/gi) : [word];

/** One typed word: whose code it is, or why it is none. */
function read(word, seen) {
  const match = /^(\d{1,5})([a-z])(?:\+(\d{1,3})|(-))?$/i.exec(word);
  if (!match) return { fault: fill(words.unreadable, word) };
  const number = String(Number(match[1]));
  const name = people.get(number + match[2].toUpperCase());
  if (!name) return { fault: numbers.has(number) ? fill(words.letter, word) : fill(words.unknown, word, number) };
  if (seen.has(number)) return { fault: fill(words.twice, word, name) };
  seen.add(number);
  return { text: `${word.toUpperCase()} ${name}: ${match[3] ? fill(words.late, match[3]) : match[4] ? words.absent : words.present}` };
}

function show() {
  const seen = new Set();
  const typed = text.value.split(/[\s,;]+/).filter(Boolean).flatMap(apart);
  // The word under the cursor is not judged until it is finished, unless it is right already.
  const unfinished = !/[\s,;]$/.test(text.value) && text.selectionEnd === text.value.length;
  const lines = typed.map(word => read(word, seen)).filter((line, index) => !(line.fault && unfinished && index === typed.length - 1));
  const faults = lines.filter(line => line.fault);
  list.replaceChildren(...[...faults, ...lines.filter(line => line.text).reverse()].map(line => {
    const item = document.createElement('li');
    item.className = line.fault ? 'paper-fault' : '';
    item.textContent = line.fault ?? line.text;
    return item;
  }));
  count.textContent = typed.length ? fill(words.count, lines.length - faults.length, faults.length) : '';
}

text.addEventListener('input', show);
show();
