// docs/protocol.md, spoken to a real server by a device that was written from it (lib/device.mjs).
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { canonical, committed, Device, sha256 } from './lib/device.mjs';
import { fencesOf } from './lib/fences.mjs';
import { repository, serve, shell, workplace } from './lib/program.mjs';

const place = workplace();
let server;
let cookie;

const ask = async (method, path, body, type = 'application/json') => {
  const headers = { ...(cookie ? { cookie } : {}), ...(body === undefined ? {} : { 'content-type': type }) };
  const response = await fetch(server.address + path, { method, headers, body });
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const linesOf = (text) => text.trimEnd().split('\n').map((line) => JSON.parse(line));
const pushTo = async (project, ...lines) => {
  const answer = await ask('POST', `/api/v1/projects/${project}/operations`, lines.map((line) => line.text).join('\n'), 'application/jsonl');
  return { status: answer.status, json: JSON.parse(answer.text) };
};
const push = (...lines) => pushTo('city', ...lines);

before(async () => {
  const predictions = ['a', 'b', 'c'].map((id) => JSON.stringify({ id, input: { text: `message ${id}: smell of gas` }, metadata: { channel: 'web', attachments: 0 }, prediction: { model: 'topics-3', label: 'noise', confidence: 0.41, scores: { noise: 0.41, gas_smell: 0.25 } } }));
  writeFileSync(join(place.folder, 'predictions.jsonl'), predictions.join('\n'));
  const made = await shell(place, 'countersign project create city --policy assets/demo/policy-city-service.json && countersign import city predictions.jsonl &&'
    + ' countersign project create other --policy assets/demo/policy-simple.json && countersign import other predictions.jsonl');
  assert.equal(made.status, 0, made.said);
  server = await serve(place, '--demo');
  const signedIn = await ask('POST', '/api/v1/session/demo', '{}');
  assert.equal(signedIn.status, 200);
  cookie = signedIn.headers.get('set-cookie').split(';')[0];
});

after(async () => {
  await server?.stop();
  place.remove();
});

const device = new Device('demo', 'city');
let items;
let policy;
let cursor;

test('the project names head and policy, and the policy is what its digest says', async () => {
  const project = JSON.parse((await ask('GET', '/api/v1/projects/city')).text);
  assert.equal(project.head_seq, 5);  // created, policy, three items
  policy = project.policy;
  cursor = project.head_seq;
  const document = await ask('GET', `/api/v1/projects/city/policy?digest=${policy}`);
  assert.equal(sha256(document.text), policy);
});

test('the working set comes page by page, each item with its events and the text that they commit to', async () => {
  const first = linesOf((await ask('GET', '/api/v1/projects/city/workset?after=0&limit=2')).text);
  assert.equal(first.length, 3);
  const end = first.pop();
  assert.equal(end.more, true);
  const rest = linesOf((await ask('GET', `/api/v1/projects/city/workset?after=${end.next}`)).text);
  assert.equal(rest.pop().more, false);
  items = [...first, ...rest].map((line) => ({ ...line, leaf: JSON.parse(line.events[0].leaf) }));
  assert.deepEqual(items.map((item) => item.item), ['a', 'b', 'c']);
  for (const item of items) {
    assert.equal(canonical(item.leaf), item.events[0].leaf, 'a leaf is canonical JSON');
    assert.equal(item.texts[0].commitment, item.leaf.body.document);
  }
});

const review = (item, more) => ({
  active_ms: 5200,
  answers: [{ question: 'danger', value: 'no' }, { question: 'location', value: 'na' }, { question: 'topics', value: 'one' }, { question: 'personal_data', value: 'no' }],
  codes: ['safety_first'],
  evidence: [{ begin: 11, end: 23, field: 'input.text' }],
  label: 'gas_smell',
  policy,
  prediction: sha256(canonical(item.leaf.body.prediction)),
  verdict: 'correct',
  ...more,
});

let sent;
test('a review is saved, with the event that it became', async () => {
  const reason = committed('rationale', 'It says gas.');
  sent = device.line('submit_review', 'a', review(items[0], { text: reason.commitment }), { texts: [reason] });
  const answer = await push(sent);
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
  assert.deepEqual(answer.json.head, device.head);
  assert.equal(answer.json.answers[0].op, sent.op);
  assert.equal(answer.json.answers[0].state, 'saved', answer.json.answers[0].reason);
  const [event] = answer.json.answers[0].events;
  const leaf = JSON.parse(event.leaf);
  assert.equal(leaf.type, 'review_submitted');
  assert.equal(leaf.op, sent.hash);
  assert.ok(!event.leaf.includes('It says gas.'), 'no free text in the log');
});

test('the same operation sent again changes nothing and is answered the same', async () => {
  const again = await push(sent);
  assert.equal(again.json.answers[0].state, 'saved');
  const project = JSON.parse((await ask('GET', '/api/v1/projects/city')).text);
  assert.equal(project.head_seq, 6);
});

test('a review that lacks an answer is recorded and refused, with the reason in words', async () => {
  const missing = device.line('submit_review', 'b', review(items[1], { answers: [] }));
  const answer = await push(missing);
  assert.equal(answer.json.answers[0].state, 'refused');
  assert.match(answer.json.answers[0].reason, /'Is anybody in danger right now\?' has no answer/);
  assert.equal(JSON.parse(answer.json.answers[0].events[0].leaf).type, 'operation_refused');
});

test('changes after the cursor are events with their texts', async () => {
  const changes = linesOf((await ask('GET', `/api/v1/projects/city/changes?after=${cursor}`)).text);
  const end = changes.pop();
  assert.deepEqual(changes.map((line) => JSON.parse(line.leaf).type), ['review_submitted', 'operation_refused']);
  assert.equal(changes[0].texts[0].text, 'It says gas.');
  assert.deepEqual([end.next, end.more], [end.head, false]);
});

test('notes, claims and withdrawals are operations too', async () => {
  const note = committed('note', 'Rang the works.');
  const answer = await push(
    device.line('claim_item', 'c', {}),
    device.line('add_note', 'c', { text: note.commitment }, { texts: [note] }),
    device.line('withdraw_review', 'a', { review: sent.op }),
  );
  assert.deepEqual(answer.json.answers.map((one) => one.state), ['saved', 'saved', 'saved']);
  assert.deepEqual(answer.json.answers.map((one) => JSON.parse(one.events[0].leaf).type), ['item_assigned', 'note_added', 'review_withdrawn']);
});

// Paths of all members; what stands in `checklist` and `scores` is named by policy and model.
const shapeOf = (value, path = '') => {
  if (Array.isArray(value)) return value.length === 0 ? [path] : shapeOf(value[0], `${path}[]`);
  if (value === null || typeof value !== 'object' || /\.(checklist|scores|input|metadata)$/.test(path)) return [path];
  return Object.entries(value).flatMap(([name, inner]) => shapeOf(inner, `${path}.${name}`));
};

test('what is exported has exactly the fields that docs/data-formats.md shows', async () => {
  const reason = committed('rationale', 'It says gas.');
  const before = (await push(device.line('submit_review', 'c', review(items[2], { text: reason.commitment }), { texts: [reason] }))).json;
  assert.equal(before.answers[0].state, 'saved', before.answers[0].reason);
  const { said } = await shell(place, 'countersign export city --quiet');
  const records = linesOf(said);
  assert.deepEqual(records.map((record) => record.item.id), ['c'], 'one review was withdrawn, one refused');
  if (process.env.COUNTERSIGN_SHOW) console.log(JSON.stringify(records[0]));
  const shown = fencesOf(readFileSync(join(repository, 'docs/data-formats.md'), 'utf8')).find((fence) => fence.file === 'record.json');
  assert.deepEqual(shapeOf(records[0]), shapeOf(JSON.parse(shown.lines.join('\n'))));
});

test('a gap in the stream stops the push; what came before it is kept', async () => {
  const good = device.line('claim_item', 'b', {});
  device.line('claim_item', 'b', {});
  const beyond = device.line('claim_item', 'b', {});
  const answer = await push(good, beyond);
  assert.equal(answer.status, 200);
  assert.equal(answer.json.answers.length, 1);
  assert.equal(answer.json.stopped.code, 'conflict');
  assert.equal(answer.json.head.hash, good.hash);
  assert.equal((await push(beyond)).status, 409, 'alone it is a problem');
});

test('what was known with other content is a conflict: the device was copied', async () => {
  const other = JSON.parse(sent.text);
  other.bytes = other.bytes.replace('"active_ms":5200', '"active_ms":5201');
  assert.equal((await push({ text: JSON.stringify(other) })).status, 409);
});

test('a stream holds operations of several projects, each sent to its own', async () => {
  const both = new Device('demo', 'city');
  const first = both.line('claim_item', 'b', {});
  both.project = 'other';
  const second = both.line('claim_item', 'b', {});
  assert.equal((await pushTo('other', first, second)).status, 400, 'not to another');
  assert.equal((await push(first)).json.answers[0].state, 'saved');
  assert.equal((await pushTo('other', second)).json.answers[0].state, 'saved');
});

test('nobody pushes in the name of another', async () => {
  assert.equal((await push(new Device('ada', 'city').line('claim_item', 'b', {}))).status, 403);
});
