// Runs the examples of the documents: every command of a ```console block, in the document's order, in an empty folder;
// each must say what the document says that it says. A document that uses $S has a demo server there.
// Usage: node tests/docs/examples.test.mjs [DOCUMENT...]
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { trackedFiles } from '../checks/files.mjs';
import { fencesOf, matches, stepsOf } from './lib/fences.mjs';
import { repository, serve, shell, workplace } from './lib/program.mjs';

const run = async (file, fences) => {
  const place = workplace();
  let server;
  try {
    for (const fence of fences.filter((one) => one.file)) writeFileSync(join(place.folder, fence.file), `${fence.lines.join('\n')}\n`);
    const consoles = fences.filter((one) => one.language === 'console');
    if (consoles.some((one) => one.lines.some((line) => line.includes('$S')))) {
      await shell(place, 'countersign project create city --policy assets/demo/policy-city-service.json');
      server = await serve(place, '--demo');
      place.environment.S = server.address;
    }
    for (const step of consoles.flatMap(stepsOf)) {
      const { said } = await shell(place, step.command);
      assert.ok(matches(step.expected, said), `${file}:${step.line}: $ ${step.command}\nthe document says:\n${step.expected.join('\n')}\nit says:\n${said}`);
    }
  } finally {
    await server?.stop();
    place.remove();
  }
};

const documents = process.argv.length > 2 ? process.argv.slice(2) : trackedFiles(/\.md$/);
let examples = 0;
for (const file of documents) {
  const fences = fencesOf(readFileSync(join(repository, file), 'utf8'));
  const count = fences.filter((one) => one.language === 'console').flatMap(stepsOf).length;
  examples += count;
  if (count > 0) test(`${file}: ${count} examples`, () => run(file, fences));
}
test('there are examples', () => assert.ok(examples > 0));
