// docs/event-log.md and docs/protocol.md against the approved log (tests/approved/golden_log.txt, which core makes natively
// and in wasm): another implementation (lib/device.mjs), written from the documents, gets the same hashes and signatures.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { canonical, isSignedBy, leafHash, nothing, operationHash, rootOf, signedHead } from './lib/device.mjs';
import { fencesOf } from './lib/fences.mjs';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const document = read('docs/event-log.md');
const protocol = read('docs/protocol.md');
const [leafPart, operationPart, pushPart, checkpointPart] = read('tests/approved/golden_log.txt').split(/^(?:operations|a push|the checkpoint).*\n/m);

const leaves = leafPart.split('\n').filter((line) => line.startsWith('{')).map((bytes) => ({ bytes, json: JSON.parse(bytes) }));
const operations = [...operationPart.matchAll(/^(\{.*\})\n {4}([0-9a-f]{64})$/gm)].map(([, bytes, hash]) => ({ bytes, hash, json: JSON.parse(bytes) }));
const shown = (text, name) => fencesOf(text).find((fence) => fence.file === name).lines.join('\n');

test('there is something to check', () => assert.ok(leaves.length >= 13 && operations.length >= 6));

test('leaves are canonical JSON, numbered without gaps', () => {
  leaves.forEach((leaf, i) => {
    assert.equal(canonical(leaf.json), leaf.bytes);
    assert.equal(leaf.json.seq, i + 1);
  });
});

test('the checkpoint has the root of these leaves', () => {
  const [origin, size, base64] = checkpointPart.split('\n');
  assert.match(origin, /^countersign\/[0-9a-f]{16}\/city\/1$/);
  assert.equal(Number(size), leaves.length);
  assert.equal(Buffer.from(base64, 'base64').toString('hex'), rootOf(leaves.map((leaf) => leafHash(leaf.bytes))));
});

test('operations are canonical JSON, hashed and chained as the document says', () => {
  const heads = new Map();
  for (const operation of operations) {
    assert.equal(canonical(operation.json), operation.bytes);
    assert.equal(operationHash(operation.bytes), operation.hash);
    const head = heads.get(operation.json.stream) ?? { seq: 0, hash: nothing };
    assert.deepEqual([operation.json.seq, operation.json.prev], [head.seq + 1, head.hash]);
    heads.set(operation.json.stream, { seq: operation.json.seq, hash: operation.hash });
  }
});

test('each operation stands in a leaf, byte for byte, and the heads that are signed are signed by their stream', () => {
  const recorded = leaves.filter((leaf) => leaf.json.op).map((leaf) => canonical(leaf.json.op));
  assert.deepEqual([...recorded].sort(), operations.map((one) => one.bytes).sort());
  const keys = new Map(leaves.filter((leaf) => leaf.json.type === 'stream_opened').map(({ json }) => [json.body.stream, json.body.key]));
  const signed = leaves.filter((leaf) => leaf.json.sig);
  assert.ok(signed.length >= 2);
  for (const { json } of signed) {
    const { stream, seq } = json.op;
    assert.ok(isSignedBy(keys.get(stream), signedHead(stream, seq, operationHash(canonical(json.op))), json.sig), `${stream} ${seq}`);
  }
});

test('a push gives the operations back when what was left empty is put back', () => {
  const lines = pushPart.trimEnd().split('\n').map((line) => ({ line, json: JSON.parse(line) }));
  const head = lines.shift().json;
  const end = lines.pop().json;
  let { prev } = head;
  const made = [];
  for (const { line, json } of lines) {
    if (json.as) continue;
    made.push(line.replace('"prev":""', `"prev":"${prev}"`));
    prev = operations.find((one) => one.json.stream === head.stream && one.json.seq === head.from + made.length - 1).hash;
  }
  const expected = operations.filter((one) => one.json.stream === head.stream);
  // Commitments are checked by the server; here what has none.
  made.forEach((bytes, i) => bytes.includes('"text":""') || assert.equal(bytes, expected[i].bytes));
  assert.deepEqual([end.seq, end.hash], [expected.length, expected.at(-1).hash]);
  assert.ok(protocol.includes(lines[0].line), 'the document shows its first operation');
});

test('the leaf that the document shows is the one of the approved log', () => {
  const leaf = shown(document, 'leaf.json');
  assert.ok(leaves.some(({ bytes }) => bytes === leaf), leaf);
  assert.ok(document.includes(leafHash(leaf)), leafHash(leaf));
});

test('the operation that the protocol shows is one of the approved log, with its hash', () => {
  const operation = shown(protocol, 'operation.json');
  const known = operations.find(({ bytes }) => bytes === operation);
  assert.ok(known, operation);
  assert.ok(protocol.includes(known.hash), known.hash);
});

test('the document has every type of event, with exactly the fields that its body has', () => {
  const rows = new Map([...document.matchAll(/^\| `(\w+)` \| (.*?) \|/gm)].map(([, type, fields]) => [type, fields]));
  const types = [...read('core/model/event.cpp').matchAll(/"([a-z]+_[a-z]+)"/g)].map(([, name]) => name);
  assert.ok(types.length >= 20);
  for (const type of types) assert.ok(rows.has(type), `the document lacks ${type}`);
  for (const { json } of leaves) {
    for (const name of Object.keys(json.body)) assert.ok(rows.get(json.type).includes(`\`${name}\``), `${json.type} has a field ${name}`);
  }
});
