// docs/limits.md against the program and the sources: every limit with its default, and a test that reaches it.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { repository, shell, workplace } from './lib/program.mjs';

const read = (path) => readFileSync(join(repository, path), 'utf8');
const place = workplace();
after(() => place.remove());
const document = read('docs/limits.md');
const section = (name) => document.split(`## ${name}\n`)[1].split('\n## ')[0];
const printed = await shell(place, 'countersign serve --print-limits');
const limits = JSON.parse(printed.said);

for (const group of ['HTTP', 'API']) {
  test(`${group}: names and defaults as the program has them`, () => {
    const described = Object.fromEntries([...section(group).matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm)].map(([, name, value]) => [name, JSON.parse(value)]));
    assert.deepEqual(described, limits[group.toLowerCase()]);
  });
}

test('rates: kinds and defaults as the program has them', () => {
  const words = ({ count, per, burst }) => `${count} in ${per}, ${burst} at once`;
  const described = [...section('Rates').matchAll(/^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|/gm)].map(([, kind, account, address]) => [kind, account, address]);
  const { remembered, ...kinds } = limits.rates;
  assert.deepEqual(described, Object.entries(kinds).map(([kind, { account, address }]) => [kind, words(account), words(address)]));
  assert.ok(section('Rates').includes(`\`remembered\` (${remembered})`));
});

test('what is printed is a file that is read, and reads back as the same', async () => {
  const again = await shell(place, 'countersign serve --print-limits > limits.json && countersign serve --limits limits.json --print-limits');
  assert.equal(again.said, printed.said);
});

test('a file with a mistake is refused with its name and place', async () => {
  const refused = await shell(place, `echo '{"http":{"conections":5}}' > limits.json; countersign serve --limits limits.json; echo "status $?"`);
  assert.equal(refused.said, "countersign: limits.json: http.conections: no such field; did you mean 'connections'?\nstatus 2\n");
});

test('fixed limits as the sources have them', () => {
  let source = '';
  let count = 0;
  const number = (text) => new Function(`return ${text.replaceAll("'", '').replace(/size_t\{(\d+)\}/g, '$1')}`)();
  for (const [, where, name, value] of section('Fixed').matchAll(/^\| ([^|]*)\| `(\w+)` \| ([\d,]+) \|/gm)) {
    const file = where.match(/`([^`]+)`/);
    if (file) source = read(file[1]);
    const [, inSource] = source.match(new RegExp(`(?:uint32_t|size_t) ${name} = ([^;]+);`)) ?? assert.fail(`${name} is not there`);
    assert.equal(number(inSource), Number(value.replaceAll(',', '')), name);
    count += 1;
  }
  assert.equal(count, 10);
  const waiting = read('native/server/slow_lane.h').match(/kWaiting = (\d+)/)[1];
  assert.ok(section('Rates').includes(`At most ${waiting} sign-ins wait`));
});

test('each limit has a test that reaches it', () => {
  const sources = (folder) => readdirSync(join(repository, folder)).filter((file) => file.endsWith('_test.cpp')).map((file) => read(`${folder}/${file}`)).join('\n');
  const reached = new Set(JSON.parse(read('tests/cases/limits/reached.json')).map((one) => one.limit));
  const onHttp = sources('tests/native/http');
  const onApi = sources('tests/core/api') + sources('tests/core/sync');
  const onRates = read('tests/native/server/rate_limiter_test.cpp');
  const setIn = (text, name) => new RegExp(`limits(?:\\(\\))?\\.${name.replace(/_(ms|s)$/, '(_s)?')} = `).test(text);
  for (const name of Object.keys(limits.http)) assert.ok(reached.has(`http.${name}`) || setIn(onHttp, name), `http.${name}`);
  for (const name of Object.keys(limits.api)) assert.ok(reached.has(`api.${name}`) || setIn(onApi, name), `api.${name}`);
  const { remembered, ...kinds } = limits.rates;
  assert.match(onRates, /rates\.remembered = /);
  for (const kind of Object.keys(kinds)) {
    for (const whose of ['account', 'address']) {
      assert.ok(reached.has(`rates.${kind}.${whose}`) || onRates.includes(`Traffic::${kind}, Whose::${whose}`), `rates.${kind}.${whose}`);
    }
  }
});
