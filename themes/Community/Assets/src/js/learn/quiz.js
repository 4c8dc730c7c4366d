// A quiz answered on the phone. The questions are parts of a page that the server wrote, with the fields of its own quiz; what is kept and sent is what a browser would send
// of those fields, so any kind of question works. What is right is not on the phone.
import { fill } from '../dom.js';
import * as store from './store.js';

const sectionsOf = (html) => [...new DOMParser().parseFromString(html, 'text/html').body.children];

/** The papers that a person has not handed in. */
function papersOf(mine) {
  const page = new DOMParser().parseFromString(mine?.papers ?? '', 'text/html');
  return {
    refusal: page.querySelector('[data-papers]')?.dataset.refusal ?? '',
    unused: [...page.querySelectorAll('template[data-paper]')].filter((paper) => !mine.used.includes(paper.dataset.paper)),
  };
}

function restore(form, answer) {
  const taken = new Set();
  for (const [name, value] of answer) {
    const field = [...form.elements].find((one) => one.name === name && !taken.has(one) && (!['radio', 'checkbox'].includes(one.type) || one.value === value));
    if (!field) continue;
    taken.add(field);
    if (['radio', 'checkbox'].includes(field.type)) field.checked = true;
    else field.value = value;
  }
}

const view = (name) => document.querySelector(`template[data-view="${name}"]`).content.cloneNode(true);

export function showQuiz({ stage, slug, texts, person, mine, queue, go, send }) {
  return { begin, question, handIn };

  function begin(draft) {
    stage.replaceChildren(view('quiz'));
    const waits = queue.some((item) => item.kind === 'quiz' && item.state === 'waiting');
    const scores = mine?.scores ?? [];
    stage.querySelector('[data-waiting]').hidden = !waits;
    stage.querySelector('[data-scores]').replaceChildren(...scores.map(toRow));
    const { refusal, unused } = papersOf(mine);
    const button = stage.querySelector('[data-start]');
    const none = stage.querySelector('[data-none]');
    button.hidden = !draft && unused.length === 0;
    none.hidden = !button.hidden;
    none.querySelector('p').textContent = person ? refusal || texts.noPapers : texts.needsAccount;
    button.querySelector('span').textContent = draft ? texts.continue : waits || scores.length ? texts.again : texts.begin;
    button.addEventListener('click', async () => {
      if (!draft) {
        const [paper] = unused;
        draft = { user: person.user, slug, paper: paper.dataset.paper, html: paper.innerHTML, answers: [], started: new Date().toISOString() };
        await store.saveDraft(draft);
      }
      const total = sectionsOf(draft.html).length;
      const open = Array.from({ length: total }, (_, index) => index).find((index) => !draft.answers[index]);
      go(open === undefined ? '#nop' : `#${open + 1}`);
    });
  }

  function toRow({ number, correct, total, passed }) {
    const row = view('score');
    row.querySelector('b').textContent = fill(texts.attempt, number);
    row.querySelector('a').href = `/courses/${slug}/quiz/${number}`;
    const state = row.querySelector(`[data-when="${passed ? 'passed' : 'failed'}"]`);
    state.hidden = false;
    state.querySelector('span').textContent = fill(passed ? texts.passed : texts.failed, correct, total);
    return row;
  }

  function question(draft, position) {
    const sections = sectionsOf(draft.html);
    const about = fill(texts.question, position, sections.length);
    stage.replaceChildren(view('question'));
    stage.querySelector('.quiz-count span').textContent = about;
    Object.assign(stage.querySelector('progress'), { max: sections.length, value: position });
    stage.querySelector('h1').textContent = about;
    stage.querySelector('[data-fields]').replaceChildren(...sections[position - 1].childNodes);
    const form = stage.querySelector('form');
    restore(form, draft.answers[position - 1] ?? []);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const answer = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
      const error = stage.querySelector('.invalid-feedback');
      const places = answer.filter(([name]) => name.startsWith('place[')).map(([, value]) => value);
      const problem = !answer.length || answer.some(([, value]) => !value.trim()) ? texts.answerMissing : new Set(places).size < places.length ? texts.placeTwice : '';
      error.hidden = !problem;
      error.textContent = problem;
      if (problem) return;
      draft.answers[position - 1] = answer;
      await store.saveDraft(draft);
      go(position < sections.length ? `#${position + 1}` : '#nop');
    });
    return about;
  }

  function handIn(draft) {
    const sections = sectionsOf(draft.html);
    const open = Array.from({ length: sections.length }, (_, index) => index).find((index) => !draft.answers[index]);
    if (open !== undefined) return question(draft, open + 1);
    stage.replaceChildren(view('hand-in'));
    stage.querySelector('h1').textContent = fill(texts.answered, sections.length);
    stage.querySelector('[data-hand-in]').addEventListener('click', async ({ currentTarget }) => {
      currentTarget.disabled = true;
      await store.add({ user: person.user, slug }, { kind: 'quiz', paper: draft.paper, started: draft.started, answers: draft.answers });
      await go('');
      send();
    });
    return texts.quiz;
  }
}
