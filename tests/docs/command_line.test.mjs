// docs/command-line.md against the program: every command, every option and every exit status that --help knows is in
// the document, and nothing else is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { repository, shell, workplace } from './lib/program.mjs';

const document = readFileSync(join(repository, 'docs/command-line.md'), 'utf8');
const place = workplace();
after(() => place.remove());

const help = async (command) => (await shell(place, `${command} --help`)).said;
const optionsIn = (text) => [...text.matchAll(/^ {2}(?:-\w,)?(--[\w-]+)/gm)].map(([, name]) => name).filter((name) => name !== '--help').sort();
const subcommandsIn = (text) => [...(text.split('Subcommands:\n')[1] ?? '').split('\n\n')[0].matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name]) => name);

// The commands that have no subcommands of their own.
const leavesOf = async (command) => {
  const inner = subcommandsIn(await help(command));
  if (inner.length === 0) return [command];
  return (await Promise.all(inner.map((name) => leavesOf(`${command} ${name}`)))).flat();
};

const sections = new Map(document.split(/^## /m).filter((part) => part.startsWith('countersign ')).map((part) => [part.slice(0, part.indexOf('\n')), part]));
const commands = await leavesOf('countersign');

test('the document has every command, and no other', () => assert.deepEqual([...sections.keys()].sort(), [...commands].sort()));

for (const command of commands) {
  test(`${command}: options as --help has them`, async () => {
    const described = [...(sections.get(command) ?? '').matchAll(/^\| `(--[\w-]+)/gm)].map(([, name]) => name).sort();
    assert.deepEqual(described, optionsIn(await help(command)));
  });
}

test('every exit status that --help names is in the table', async () => {
  const [, list] = (await help('countersign')).match(/Exit status: (.*)/);
  const named = [...list.matchAll(/(?:^|; )(\d+) /g)].map(([, number]) => number);
  assert.ok(named.length >= 7);
  const described = [...document.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => number);
  assert.deepEqual(named, described);
});
