// docs/demo.md: the counts are those of the files, the table is that of the report that the build made.
// Usage: node tests/checks/demo_figures.mjs [REPORT]
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/demo.md');
const linesOf = (path) => read(path).trimEnd().split('\n').length;

test('counts of messages, phrases and parts', () => {
  const messages = linesOf('assets/demo/messages.jsonl');
  const training = linesOf('assets/demo/training.txt');
  for (const words of [`**${messages} messages**`, `**A list of ${linesOf('assets/demo/subject-index.jsonl')} short phrases**`, `earlier ${training} messages`, `later **${messages - training} are what you review**`]) {
    assert.ok(page.includes(words), words);
  }
});

const [report] = process.argv.slice(2);
test('the figures of the report', { skip: report && existsSync(report) ? false : 'no report: the demo is not built' }, () => {
  const text = readFileSync(report, 'utf8');
  const figure = (pattern) => text.match(pattern).slice(1);
  const sure = figure(/at least 0\.9 +\d+ +([\d.]+ %) +\d+ \(([\d.]+ %)\)/);
  const rows = [
    `| right | ${figure(/^accuracy ([\d.]+ %)/m)[0]} |`,
    `| log loss | ${figure(/^log loss ([\d.]+)/m)[0]} |`,
    `| expected calibration error | ${figure(/^expected calibration error ([\d.]+)/m)[0]} |`,
    `| confidence 0.9 or more | ${sure[0]} of the messages, ${sure[1]} of these wrong |`,
  ];
  for (const row of rows) assert.ok(page.includes(row), row);
});
