// docs/protocol.md, spoken to a real server by a device that was written from it (lib/device.mjs).
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { canonical, committed, Device, sha256 } from './lib/device.mjs';
import { fencesOf } from './lib/fences.mjs';
import { repository, serve, shell, workplace } from './lib/program.mjs';

const place = workplace();
let server;
let cookie;
let life;

const ask = async (method, path, body, type = 'application/json', headers = {}) => {
  const sent = { ...(cookie ? { cookie } : {}), ...(body === undefined ? {} : { 'content-type': type }), ...headers };
  const response = await fetch(server.address + path, { method, headers: sent, body });
  return { status: response.status, text: await response.text(), headers: response.headers };
};
const askJson = async (...request) => {
  const answer = await ask(...request);
  return { status: answer.status, json: answer.text === '' ? null : JSON.parse(answer.text) };
};
const linesOf = (text) => text.trimEnd().split('\n').map((line) => JSON.parse(line));
const city = '/api/v1/projects/city';
const hello = (device, more) => askJson('POST', `${city}/hello`, device.hello(more));
const send = (body) => askJson('POST', `${city}/operations`, body, 'application/jsonl');
const push = async (device) => {
  const answer = await send(device.push());
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
  device.saved = answer.json.saved;
  return answer.json;
};

// Events come when the server has judged what it saved: the feed is asked until it has them.
let cursor;
const events = [];
const pull = async (until) => {
  const deadline = Date.now() + 60_000;
  while (!events.some(until)) {
    assert.ok(Date.now() < deadline, `never came; last was ${JSON.stringify(events.at(-1))}`);
    const page = await ask('GET', `${city}/feed?cursor=${cursor}`);
    assert.equal(page.status, 200, page.text);
    const lines = linesOf(page.text);
    const { end } = lines.pop();
    ({ cursor } = end);
    for (const line of lines) events.push(...(line.events ?? []).map((leaf) => ({ ...leaf, texts: line.texts })));
  }
  return events.find(until);
};
const of = (op) => (event) => event.op?.op === op.op;

before(async () => {
  const predictions = ['a', 'b', 'c'].map((id) => JSON.stringify({ id, input: { text: `message ${id}: smell of gas` }, metadata: { channel: 'web', attachments: 0 }, prediction: { model: 'topics-3', label: 'noise', confidence: 0.41, scores: { noise: 0.41, gas_smell: 0.25 } } }));
  writeFileSync(join(place.folder, 'predictions.jsonl'), predictions.join('\n'));
  const made = await shell(place, 'countersign project create city --policy assets/demo/policy-city-service.json && countersign import city predictions.jsonl');
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

test('the project names its policy, and the policy is what its digest says', async () => {
  const project = (await askJson('GET', city)).json;
  assert.equal(project.head_seq, 5);  // created, policy, three items
  policy = project.policy;
  assert.equal(sha256((await ask('GET', `${city}/policy?digest=${policy}`)).text), policy);
});

test('a hello opens the stream and says in which life the server is', async () => {
  const { status, json } = await hello(device);
  assert.equal(status, 200, JSON.stringify(json));
  assert.equal(json.stream.compared, 'new');
  assert.match(json.origin, /^countersign\/[0-9a-f]{16}\/city\/1$/);
  assert.match(json.incarnation, /^1-[0-9a-f]{16}$/);
  life = json.incarnation;
  assert.equal((await hello(device)).json.stream.compared, 'same');
});

test('a snapshot comes page by page, each item with its events and the text that they commit to', async () => {
  const first = linesOf((await ask('GET', `${city}/snapshot?limit=2`)).text);
  const { end } = first.pop();
  assert.equal(end.more, true);
  const at = end.cursor.split(':').at(-1);
  const rest = linesOf((await ask('GET', `${city}/snapshot?at=${at}&after=${end.next}`)).text);
  const last = rest.pop().end;
  assert.equal(last.more, false);
  ({ cursor } = last);
  items = [...first, ...rest];
  assert.deepEqual(items.map((item) => item.item), ['a', 'b', 'c']);
  for (const item of items) assert.equal(item.texts[0].commitment, item.events[0].body.document);
});

const review = (item, more) => ({
  active_ms: 5200,
  answers: [{ question: 'danger', value: 'no' }, { question: 'location', value: 'na' }, { question: 'topics', value: 'one' }, { question: 'personal_data', value: 'no' }],
  codes: ['safety_first'],
  evidence: [{ begin: 11, end: 23, field: 'input.text' }],
  label: 'gas_smell',
  policy,
  prediction: sha256(canonical(item.events[0].body.prediction)),
  verdict: 'correct',
  ...more,
});

let sent;
test('a review is saved, becomes an event that holds its bytes, and its words travel beside', async () => {
  const reason = committed('rationale', 'It says gas.');
  sent = device.decide('submit_review', 'a', review(items[0], { text: reason.commitment }), { texts: [reason] });
  const body = device.push();
  assert.deepEqual(await push(device), { stream: device.stream, incarnation: life, saved: 1, stable: 0, state: 'open', waits: false });
  const event = await pull(of(sent));
  assert.equal(event.type, 'review_submitted');
  assert.equal(canonical(event.op), sent.bytes);
  assert.ok(!canonical(event.op).includes('It says gas.'), 'no free text in the log');
  assert.equal(event.texts[0].text, 'It says gas.');
  assert.equal((await send(body)).json.saved, 1, 'the same push again changes nothing');
});

test('a push may be compressed', async () => {
  const note = committed('note', 'Rang the works.');
  const noted = device.decide('add_note', 'c', { text: note.commitment }, { texts: [note] });
  const answer = await askJson('POST', `${city}/operations`, gzipSync(device.push()), 'application/jsonl', { 'content-encoding': 'gzip' });
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
  device.saved = answer.json.saved;
  assert.equal((await pull(of(noted))).type, 'note_added');
});

test('a review that lacks an answer is saved as well, and waits for a lead, with the reason in words', async () => {
  const missing = device.decide('submit_review', 'b', review(items[1], { answers: [] }));
  const withdrawn = device.decide('withdraw_review', 'a', { review: sent.op });
  await push(device);
  const event = await pull(of(missing));
  assert.equal(event.type, 'operation_quarantined');
  assert.match(event.body.reason, /'Is anybody in danger right now\?' has no answer/);
  assert.equal((await pull(of(withdrawn))).type, 'review_withdrawn', 'what comes behind it is not held up');
});

// Paths of all members; what stands in `checklist` and `scores` is named by policy and model.
const shapeOf = (value, path = '') => {
  if (Array.isArray(value)) return value.length === 0 ? [path] : shapeOf(value[0], `${path}[]`);
  if (value === null || typeof value !== 'object' || /\.(checklist|scores|input|metadata)$/.test(path)) return [path];
  return Object.entries(value).flatMap(([name, inner]) => shapeOf(inner, `${path}.${name}`));
};

test('what is exported has exactly the fields that docs/data-formats.md shows', async () => {
  const reason = committed('rationale', 'It says gas.');
  const decided = device.decide('submit_review', 'c', review(items[2], { text: reason.commitment }), { texts: [reason] });
  await push(device);
  await pull(of(decided));
  const { said } = await shell(place, 'countersign export city --quiet');
  const records = linesOf(said);
  assert.deepEqual(records.map((record) => record.item.id), ['c'], 'one review was withdrawn, one waits');
  if (process.env.COUNTERSIGN_SHOW) console.log(JSON.stringify(records[0]));
  const shown = fencesOf(readFileSync(join(repository, 'docs/data-formats.md'), 'utf8')).find((fence) => fence.file === 'record.json');
  assert.deepEqual(shapeOf(records[0]), shapeOf(JSON.parse(shown.lines.join('\n'))));
});

test('a gap is told where the stream stands', async () => {
  device.decide('withdraw_review', 'b', { review: sent.op });
  device.decide('withdraw_review', 'b', { review: sent.op });
  const answer = await send(device.push({ from: device.saved + 2 }));
  assert.equal(answer.status, 409);
  assert.equal(answer.json.expected.seq, device.saved + 1);
  await push(device);
});

test('the same place with other content is a fork: both are kept, and the answer says so', async () => {
  const twin = new Device('demo', 'city');
  await hello(twin);
  const one = twin.decide('add_note', 'a', { text: committed('note', 'one').commitment });
  const first = twin.push();
  twin.forget();
  const other = twin.decide('add_note', 'b', { text: committed('note', 'other').commitment });
  assert.notEqual(one.hash, other.hash);
  assert.equal((await send(first)).json.state, 'open');
  assert.equal((await hello(twin)).json.stream.compared, 'other_branch');
  assert.equal((await push(twin)).state, 'forked');
  await pull((event) => event.type === 'stream_forked');
  assert.ok(await pull(of(one)) && await pull(of(other)));
});

test('leases tell who works on what', async () => {
  const taken = await askJson('POST', `${city}/leases`, JSON.stringify({ stream: device.stream, items: ['b'] }));
  assert.equal(taken.status, 200, JSON.stringify(taken.json));
  assert.deepEqual(Object.keys(taken.json.leases[0]), ['item', 'slot', 'fence', 'expires', 'ttl_ms']);
  const { item, slot, fence } = taken.json.leases[0];
  assert.equal((await askJson('POST', `${city}/leases/end`, JSON.stringify({ leases: [{ item, slot, fence }] }))).status, 204);
});

test('a place in the feed that does not hold is answered with 410', async () => {
  assert.equal((await ask('GET', `${city}/feed?cursor=9-0000000000000000:1:1`)).status, 410);
});

test('nobody goes on with the stream of another', async () => {
  const ada = new Device('ada', 'city');
  await hello(ada);
  const operation = ada.decide('withdraw_review', 'a', { review: sent.op });
  await push(ada);
  assert.equal((await pull(of(operation))).type, 'operation_quarantined', 'ada is not who is signed in');
  const unknown = new Device('demo', 'city');
  unknown.decide('withdraw_review', 'a', { review: sent.op });
  assert.equal((await send(unknown.push())).status, 404, 'hello comes first');
});
