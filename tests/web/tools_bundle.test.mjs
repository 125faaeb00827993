import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import vm from 'node:vm';
import { bundle } from '../../tools/web/bundle.mjs';

const withModules = (modules, use) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bundle-'));
  try {
    for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, name), text);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const run = (modules, entry = 'main.js') => {
  const said = [];
  withModules(modules, (folder) => vm.runInNewContext(bundle(join(folder, entry)), { say: (word) => said.push(word) }));
  return said;
};

test('modules run once each, what they need first, and names of one do not meet names of another', () => {
  const said = run({
    'main.js': "import { b } from './b.js';\nimport {\n  a,\n} from './a.js';\nconst local = 'main';\nsay(local + a() + b);\n",
    'b.js': "import { a } from './a.js';\nconst local = 'b';\nexport const b = local + a();\nsay('b');\n",
    'a.js': "const local = 'a';\n// a comment\nexport function a() {\n  return local;\n}\nsay('a');\n",
  });
  assert.deepEqual(said, ['a', 'b', 'mainaba']);
});

test('classes, async functions and default exports are taken', () => {
  const said = run({
    'main.js': "import make from './x.js';\nimport { C } from './y.js';\nsay(make().n + C.n);\n",
    'x.js': 'const make = () => ({ n: 1 });\nexport default make;\n',
    'y.js': 'export class C {\n  static n = 2;\n}\nexport async function never() {}\n',
  });
  assert.deepEqual(said, [3]);
});

const refused = [
  ['a renamed import', { 'main.js': "import * as all from './a.js';\n", 'a.js': '' }, /does not read/],
  ['a list of exports', { 'main.js': 'const a = 1;\nexport { a };\n' }, /does not read/],
  ['a circle', { 'main.js': "import { a } from './a.js';\n", 'a.js': "import { b } from './main.js';\nexport const a = 1;\n" }, /imports itself/],
  ['a template over lines', { 'main.js': 'say(`a\n  b`);\n' }, /template/],
];
for (const [title, modules, message] of refused) {
  test(`${title} stops the build with the place`, () => {
    withModules(modules, (folder) => assert.throws(() => bundle(join(folder, 'main.js')), message));
  });
}
