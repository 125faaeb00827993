// The list of checks, while they go by and when they are done.
import { kChecks } from './report.js';
import { counted, grouped, placeText } from './words.js';

const kShown = 100;

const element = (name, className, text) => {
  const out = document.createElement(name);
  if (className) out.className = className;
  if (text !== undefined) out.textContent = text;
  return out;
};

const sentenceItem = (problem) => {
  const item = element('li');
  const place = placeText(problem);
  if (place) item.append(element('span', 'place', `${place}: `));
  item.append(problem.sentence);
  return item;
};

export class ChecksView {
  #rows = new Map();

  constructor(list) {
    list.replaceChildren();
    for (const [check, title, unit] of kChecks) {
      const row = element('li');
      const state = element('span', 'state', 'waiting');
      const count = element('span', 'count');
      row.dataset.check = check;
      row.append(state, element('span', 'title', title), count);
      list.append(row);
      this.#rows.set(check, { row, state, count, unit });
    }
  }

  #set(check, state, word, count) {
    const row = this.#rows.get(check);
    row.row.dataset.state = state;
    row.state.textContent = word;
    row.count.textContent = count;
  }

  // findings: the verifier's, on its way.
  goOn({ checks }) {
    for (const [check, { done, failed }] of checks) {
      const { unit } = this.#rows.get(check);
      if (failed > 0) this.#set(check, 'bad', 'failed', counted(done, unit));
      else if (done > 0) this.#set(check, 'going', 'so far', counted(done, unit));
    }
  }

  show(report) {
    for (const { check, done, failed } of report.checks) {
      const { row, unit } = this.#rows.get(check);
      const open = report.unchecked.filter((one) => one.check === check);
      if (failed > 0) this.#set(check, 'bad', 'failed', `${counted(done, unit)}, ${counted(failed, 'failures')}`);
      else if (open.length > 0) this.#set(check, 'open', 'in part', counted(done, unit));
      else if (done > 0) this.#set(check, 'good', 'good', counted(done, unit));
      else this.#set(check, 'none', '–', 'there are none');
      const problems = [...report.failures.filter((one) => one.check === check), ...open];
      if (problems.length === 0) continue;
      const list = element('ul');
      list.append(...problems.slice(0, kShown).map(sentenceItem));
      const more = failed + open.length - problems.length;
      if (more > 0) list.append(element('li', '', `and ${grouped(more)} more`));
      row.append(list);
    }
  }
}
