// docs/event-log.md against the approved log (tests/approved/golden_log.txt, which core makes natively and in wasm):
// another implementation (lib/device.mjs), written from the document, gets the same hashes and links.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { canonical, leafHash, nextLink, noLink, operationHash } from './lib/device.mjs';
import { fencesOf } from './lib/fences.mjs';

const root = new URL('../../', import.meta.url);
const golden = readFileSync(new URL('tests/approved/golden_log.txt', root), 'utf8');
const document = readFileSync(new URL('docs/event-log.md', root), 'utf8');
const [leafPart, operationPart] = golden.split('operations, each with its hash\n');

// Lines in pairs: what is hashed, then its hash.
const pairsOf = (text) => [...text.matchAll(/^(\{.*\})\n {4}([0-9a-f]{64})$/gm)].map(([, bytes, hash]) => ({ bytes, hash, json: JSON.parse(bytes) }));
const leaves = pairsOf(leafPart);
const operations = pairsOf(operationPart);

test('there is something to check', () => assert.ok(leaves.length >= 13 && operations.length >= 7));

test('leaves are canonical JSON, numbered without gaps, and linked as the document says', () => {
  let link = noLink;
  leaves.forEach((leaf, i) => {
    assert.equal(canonical(leaf.json), leaf.bytes);
    assert.equal(leaf.json.seq, i + 1);
    link = nextLink(link, leafHash(leaf.bytes));
    assert.equal(link, leaf.hash);
  });
});

test('operations are canonical JSON, hashed and chained as the document says', () => {
  const heads = new Map();
  for (const operation of operations) {
    assert.equal(canonical(operation.json), operation.bytes);
    assert.equal(operationHash(operation.bytes), operation.hash);
    const head = heads.get(operation.json.stream) ?? { seq: 0, hash: noLink };
    assert.deepEqual([operation.json.seq, operation.json.prev], [head.seq + 1, head.hash]);
    heads.set(operation.json.stream, { seq: operation.json.seq, hash: operation.hash });
  }
});

test('each event that names an operation names one that is there', () => {
  const known = new Set(operations.map((operation) => operation.hash));
  for (const { json } of leaves.filter((leaf) => leaf.json.op)) assert.ok(known.has(json.op), json.type);
});

test('the leaf that the document shows is the one of the approved log', () => {
  const shown = fencesOf(document).find((fence) => fence.file === 'leaf.json').lines.join('\n');
  const first = leaves.find((leaf) => leaf.bytes === shown);
  assert.ok(first, shown);
  assert.ok(document.includes(leafHash(shown)) && document.includes(first.hash), `${leafHash(shown)} ${first.hash}`);
});

test('the document has every type of event, with exactly the fields that its body has', () => {
  const rows = new Map([...document.matchAll(/^\| `(\w+)` \| (.*?) \|/gm)].map(([, type, fields]) => [type, fields]));
  const header = readFileSync(new URL('core/model/event.cpp', root), 'utf8');
  const types = [...header.matchAll(/"([a-z]+_[a-z]+)"/g)].map(([, name]) => name);
  assert.ok(types.length >= 9);
  for (const type of types) assert.ok(rows.has(type), `the document lacks ${type}`);
  for (const { json } of leaves) {
    for (const name of Object.keys(json.body)) assert.ok(rows.get(json.type).includes(`\`${name}\``), `${json.type} has a field ${name}`);
  }
});
