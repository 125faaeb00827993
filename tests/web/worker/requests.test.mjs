// What the desk's requests send by fetch(): a real server here takes them, unpacked by node's zlib.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Requests } from '../../../web/worker/requests.js';
import { writeTexts } from '../../../web/worker/records.js';

const seen = [];
const server = createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  seen.push({ method: request.method, coding: request.headers['content-encoding'], type: request.headers['content-type'], body: Buffer.concat(pieces) });
  response.writeHead(200, { 'content-type': 'text/plain' }).end('taken');
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
after(() => server.close());
const origin = `http://127.0.0.1:${server.address().port}`;

// As in a worker, where paths are the origin's.
const fetchOfNode = globalThis.fetch;
globalThis.fetch = (path, options) => fetchOfNode(`${origin}${path}`, options);

const send = (method, body) =>
  new Promise((done, failed) => {
    const requests = new Requests((id, status, type, bytes) => done({ status, text: new TextDecoder().decode(bytes), waiting: requests.waiting }), (id, sentence) => failed(new Error(sentence)));
    void requests.send(1, writeTexts(method, '/api/x', 'application/jsonl', body));
  });

const line = '{"bytes":"some operation of a device, which is text and packs well: äöü"}\n';

test('a body of 1 KiB and more goes as gzip and comes out as it was', async () => {
  const text = Array.from({ length: 40 }, (_, i) => line.replace('some', `${i}`)).join('');
  const answer = await send('POST', text);
  assert.deepEqual(answer, { status: 200, text: 'taken', waiting: 0 });
  const { coding, type, body } = seen.at(-1);
  assert.equal(coding, 'gzip');
  assert.equal(type, 'application/jsonl');
  assert.ok(body.length * 3 < text.length);
  assert.equal(gunzipSync(body).toString(), text);
});

test('a small body, and one of a GET, go as they are', async () => {
  await send('POST', line);
  assert.equal(seen.at(-1).coding, undefined);
  assert.equal(seen.at(-1).body.toString(), line);
  await send('GET', '');
  assert.equal(seen.at(-1).coding, undefined);
});

test('what packs so well that the server would take it for a bomb goes as it is', async () => {
  const text = ' '.repeat(500_000);
  await send('POST', text);
  assert.equal(seen.at(-1).coding, undefined);
  assert.equal(seen.at(-1).body.length, text.length);
});

test('what does not pack goes as it is', async () => {
  const noise = crypto.getRandomValues(new Uint8Array(5_000));
  await send('POST', noise);
  assert.equal(seen.at(-1).coding, undefined);
  assert.deepEqual(new Uint8Array(seen.at(-1).body), noise);
});

test('a browser without CompressionStream sends plain', async () => {
  const known = globalThis.CompressionStream;
  globalThis.CompressionStream = undefined;
  try {
    await send('POST', line.repeat(100));
  } finally {
    globalThis.CompressionStream = known;
  }
  assert.equal(seen.at(-1).coding, undefined);
  assert.equal(seen.at(-1).body.toString(), line.repeat(100));
});
