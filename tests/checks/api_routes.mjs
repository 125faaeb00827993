// docs/api.md has every route with its right, and every role's rights, as assets/api/openapi.json and
// tests/approved/rights.txt have them (which tests/core/api hold against the code).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/api.md');
const paths = JSON.parse(read('assets/api/openapi.json')).paths;

const described = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, route]) => ({ name: `${method.toUpperCase()} ${path}`, right: route['x-right'] })));

test('every route, with the right that it takes, and no other', () => {
  const onPage = [...page.matchAll(/^\| `([A-Z]+ \/[^`]+)` \| `(\w+)` \|/gm)].map(([, name, right]) => ({ name, right }));
  const byName = (a, b) => (a.name < b.name ? -1 : 1);
  assert.deepEqual(onPage.sort(byName), [...described].sort(byName));
});

test('every role has the rights that it has', () => {
  const matrix = new Map(read('tests/approved/rights.txt').trim().split('\n').map((line) => line.split(': ')));
  const [, heads] = page.match(/^\| right \| (.*) \|$/m);
  const roles = heads.split(' | ');
  const rows = new Map([...page.matchAll(/^\| `(\w+)` \|((?: x \|| \|){5})$/gm)].map(([, right, cells]) => [right, cells.split('|').slice(0, -1)]));
  for (const { name, right } of described) {
    const allowed = roles.filter((_, i) => rows.get(right)[i].trim() === 'x');
    assert.equal(allowed.join(' '), matrix.get(name), name);
  }
});
