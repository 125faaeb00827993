// The published schema and the loader agree: every case of tests/cases/policy is accepted or refused by the schema as
// the case says ("schema": true means that the schema already finds the mistake), and the demo's policies are accepted.
// The loader reads the same cases in tests/core/policy/load_test.cpp.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import Ajv from 'ajv/dist/2020.js';

const root = new URL('../../', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const schema = read('assets/schema/policy.schema.json');
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
const accepts = ajv.compile(schema);
const reasons = () => ajv.errorsText(accepts.errors);

// The value that holds what a JSON pointer names, and its last part.
const place = (document, pointer) => {
  const parts = pointer.slice(1).split('/');
  const last = parts.pop();
  return [parts.reduce((at, part) => at[part], document), last];
};

const changed = (base, { set = {}, remove }) => {
  const policy = structuredClone(base);
  for (const [pointer, value] of Object.entries(set)) {
    const [parent, name] = place(policy, pointer);
    parent[name] = value;
  }
  if (remove) {
    const [parent, name] = place(policy, remove);
    delete parent[name];
  }
  return policy;
};

const base = read('tests/cases/policy/base.json');
test('the sample policy is accepted', () => assert.ok(accepts(base), reasons()));

for (const name of readdirSync(new URL('assets/demo/', root)).filter((file) => /^policy-.*\.json$/.test(file))) {
  test(`the demo's ${name} is accepted`, () => assert.ok(accepts(read(`assets/demo/${name}`)), reasons()));
}

const lists = readdirSync(new URL('tests/cases/policy/', root)).filter((file) => file.endsWith('.json') && file !== 'base.json');
for (const list of lists) {
  for (const one of read(`tests/cases/policy/${list}`)) {
    assert.equal(typeof one.schema, 'boolean', `${list}: '${one.mistake}' does not say whether the schema finds it`);
    test(`${list}: ${one.mistake}: ${one.schema ? 'found by the schema' : 'only the loader can find it'}`, () => {
      assert.equal(accepts(changed(base, one)), !one.schema, one.schema ? 'the schema accepts it' : reasons());
    });
  }
}

// Every example and default in the schema is one that it accepts itself.
const examplesOf = (part, path) => {
  if (part === null || typeof part !== 'object') return [];
  const here = [...(Array.isArray(part.examples) ? part.examples : []), ...('default' in part ? [part.default] : [])];
  return [...here.map((value) => [path, value]), ...Object.entries(part).flatMap(([name, inner]) => examplesOf(inner, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`))];
};
for (const [path, value] of examplesOf(schema, '')) {
  test(`schema${path}: ${JSON.stringify(value)} is allowed there`, () => {
    const part = ajv.compile({ $ref: `${schema.$id}#${path}` });
    assert.ok(part(value), ajv.errorsText(part.errors));
  });
}

const text = (path) => readFileSync(new URL(path, root), 'utf8');

test('limits are the loader\'s', () => {
  const limits = Object.fromEntries([...text('core/policy/load.h').matchAll(/size_t (\w+) = ([\d']+);/g)].map(([, name, value]) => [name, Number(value.replaceAll("'", ''))]));
  const { properties, $defs } = schema;
  const inSchema = {
    labels: properties.labels.maxItems,
    tiers: properties.tiers.maxItems,
    routes: properties.routes.maxItems,
    checklists: properties.checklists.maxItems,
    questions: $defs.checklist.properties.questions.maxItems,
    options: $defs.question.properties.options.maxItems,
    reason_codes: properties.reason_codes.maxItems,
    item_fields: properties.item_schema.maxProperties,
    calendars: properties.calendars.maxProperties,
  };
  assert.deepEqual(inSchema, limits);
});

test('a label may have every key but those that the desk uses itself', () => {
  const reserved = new Set([...text('core/policy/load_labels.cpp').matchAll(/\{'(.)', "/g)].map(([, key]) => key));
  assert.ok(reserved.size > 10);
  const hotkey = new RegExp(schema.$defs.label.properties.hotkey.pattern);
  for (const key of '0123456789abcdefghijklmnopqrstuvwxyz') assert.equal(hotkey.test(key), !reserved.has(key), key);
});
