// The verifying page: a file in, checks going by, a verdict out.
import { ChecksView } from './checks_view.js';
import { verifyFile } from './file_reader.js';
import { whatIsMissing } from './hashes.js';
import { parseGivenKey, parseOwnCheckpoint } from './notes.js';
import { aboutRows, counted, factSentences, megabytes, verdictOf } from './words.js';

const find = (id) => document.getElementById(id);
const kPaintMs = 100;

let file = null;
let running = null; // an AbortController
let reportUrl = '';

const say = (text) => (find('said').textContent = text);

const showProblem = (id, text, field) => {
  find(id).textContent = text;
  find(id).hidden = text === '';
  if (field) field.setAttribute('aria-invalid', String(text !== ''));
};

// What was given from elsewhere, or null when something in it cannot be read.
const readGiven = async () => {
  const given = { keys: [], checkpoints: [] };
  let problem = '';
  const text = find('key').value.trim();
  try {
    if (text !== '') given.keys.push(await parseGivenKey(text));
  } catch (error) {
    problem = error.message;
  }
  showProblem('key-problem', problem, find('key'));
  let wrong = '';
  for (const one of find('checkpoints').files) {
    try {
      given.checkpoints.push(parseOwnCheckpoint(one.name, await one.text()));
    } catch (error) {
      wrong = `${one.name}: ${error.message}`;
    }
  }
  showProblem('checkpoints-problem', wrong, find('checkpoints'));
  if (problem) find('key').focus();
  else if (wrong) find('checkpoints').focus();
  return problem || wrong ? null : given;
};

// Shows how far it is, ten times a second, and speaks of every quarter.
const progressTeller = (view, size) => {
  const began = performance.now();
  let painted = 0;
  let quarters = 0;
  return (findings, bytes) => {
    const now = performance.now();
    if (now - painted < kPaintMs && bytes < size) return;
    painted = now;
    view.goOn(findings);
    find('progress').value = bytes / size;
    const secondsLeft = Math.round(((now - began) / 1000) * (size / bytes - 1));
    find('far').textContent = `${megabytes(bytes)} of ${megabytes(size)}, ${counted(findings.counts.leaves, 'entries')}${now - began > 2000 ? `, about ${secondsLeft} s left` : ''}`;
    const quarter = Math.floor((4 * bytes) / size);
    if (quarter > quarters && quarter < 4) say(`${quarter * 25} percent`);
    quarters = quarter;
  };
};

const showVerdict = ({ state, word, meaning }) => {
  find('going').hidden = true;
  find('verdict').hidden = false;
  find('verdict').dataset.state = state;
  find('verdict-word').textContent = word;
  find('verdict-meaning').textContent = meaning;
  find('again').focus();
  say(`${word}. ${meaning}`);
};

const showReport = (view, report) => {
  view.show(report);
  const rows = aboutRows(report).flatMap(([name, value]) => {
    const pair = [document.createElement('dt'), document.createElement('dd')];
    pair[0].textContent = name;
    pair[1].textContent = value;
    return pair;
  });
  find('about').replaceChildren(...rows);
  const facts = factSentences(report);
  find('facts').hidden = facts.length === 0;
  find('facts-list').replaceChildren(
    ...facts.map((fact) => {
      const item = document.createElement('li');
      item.textContent = fact;
      return item;
    }),
  );
  URL.revokeObjectURL(reportUrl);
  reportUrl = URL.createObjectURL(new Blob([`${JSON.stringify(report, null, 1)}\n`], { type: 'application/json' }));
  find('save').href = reportUrl;
  find('save').download = `${file.name}.report.json`;
  find('save').hidden = false;
  showVerdict(verdictOf(report));
};

const start = async () => {
  running?.abort();
  const given = await readGiven();
  if (file === null || given === null) return;
  const control = new AbortController();
  running = control;
  find('work').hidden = false;
  find('work-title').textContent = file.name;
  find('going').hidden = false;
  for (const id of ['verdict', 'facts', 'save']) find(id).hidden = true;
  find('about').replaceChildren();
  find('progress').value = 0;
  find('far').textContent = '';
  const view = new ChecksView(find('checks'));
  find('cancel').focus();
  say(`Checking ${file.name}`);
  try {
    const report = await verifyFile(file, { ...given, signal: control.signal, told: progressTeller(view, file.size) });
    if (running === control) showReport(view, report);
  } catch (error) {
    if (running !== control) return; // another one has taken its place
    if (control.signal.aborted) showVerdict({ state: 'none', word: 'Cancelled', meaning: 'Nothing is said about the rest of the file.' });
    else showVerdict({ state: 'bad', word: 'The file could not be read', meaning: `${error.message}` });
  }
  if (running === control) running = null;
};

const take = (given) => {
  if (given === undefined) return;
  file = given;
  start();
};

const listen = () => {
  const drop = find('drop');
  find('form').addEventListener('submit', (event) => {
    event.preventDefault();
    start();
  });
  find('bundle').addEventListener('change', () => take(find('bundle').files[0]));
  find('again').addEventListener('click', start);
  find('cancel').addEventListener('click', () => running?.abort());
  addEventListener('keydown', (event) => event.key === 'Escape' && running?.abort());
  // Anywhere on the page: a file that misses the field must not replace the page.
  addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  addEventListener('dragleave', (event) => event.relatedTarget === null && drop.classList.remove('over'));
  addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    take(event.dataTransfer.files[0]);
  });
};

whatIsMissing().then((missing) => (missing ? showProblem('problem', missing) : listen()));
