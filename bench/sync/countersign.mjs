// Countersign for the peers' runner (its README, "Adding our own server"): --extra this file. The client is the device that
// the documents' tests use: canonical bytes, a chain, a signature for each push.
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { allJudged, committed, Device } from '../../tests/docs/lib/device.mjs';

const here = new URL('.', import.meta.url).pathname;
process.env.COUNTERSIGN ??= join(here, '../../build/native/native/cli/countersign');

// Written by sign_in.mjs for the server on this port.
export const preparedFile = (port) => join(tmpdir(), `countersign-bench-${port}.json`);
const readPrepared = (port) => JSON.parse(readFileSync(preparedFile(port), 'utf8'));

const request = (agent, port, method, path, body, headers) => new Promise((resolve, reject) => {
  const asked = http.request({ agent, host: '127.0.0.1', port, method, path, headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) } }, (answer) => {
    const parts = [];
    answer.on('data', (part) => parts.push(part));
    answer.on('end', () => {
      const text = Buffer.concat(parts).toString();
      if (answer.statusCode >= 300) reject(new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 200)}`));
      else resolve(text);
    });
    answer.on('error', reject);
  });
  asked.on('error', reject);
  asked.end(body);
});

const project = '/api/v1/projects/bench';
const json = { 'content-type': 'application/json' };

// A reviewer's device with one connection.
class Client {
  constructor(prepared) {
    this.headers = { cookie: prepared.cookie };
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    this.device = new Device('cleo', 'bench');
    this.prepared = prepared;
  }

  ask(port, method, path, body, headers = {}) {
    return request(this.agent, port, method, path, body, { ...this.headers, ...headers });
  }

  // One of the peers' decisions as ours: an acceptance whose reason is their 160 characters.
  decide(doc, item) {
    const text = committed('rationale', doc.why);
    const body = { active_ms: doc.ms, policy: this.prepared.policy, prediction: this.prepared.predictions[item], text: text.commitment, verdict: 'accept' };
    this.device.decide('submit_review', item, body, { texts: [text], op: doc.id, more: { offset_ms: 0 } });
  }

  async hello(port) {
    await this.ask(port, 'POST', `${project}/hello`, this.device.hello(), json);
    this.greeted = true;
  }

  async push(port, batch, packed) {
    const body = this.device.push({ to: Math.min(this.device.saved + batch, this.device.head.seq) });
    const sent = packed ? gzipSync(body, { level: 6 }) : body;
    const answer = await this.ask(port, 'POST', `${project}/operations`, sent, { 'content-type': 'application/jsonl', ...(packed ? { 'content-encoding': 'gzip' } : {}) });
    this.device.saved = JSON.parse(answer).saved;
  }
}

// What the server only sets aside is no work done: a figure of it would flatter, so it ends the run.
const countReviews = (page) => {
  const reason = page.match(/"body":(\{[^{}]*\})[^{}]*"op":.*"type":"operation_quarantined"/)?.[1];
  if (reason) throw new Error(`the server put a decision into quarantine: ${reason}`);
  return page.split('"type":"review_submitted"').length - 1;
};

// One who has decided on these, items in order from number `from` on, and sent nothing.
const fresh = (prepared, docs, from) => {
  const client = new Client(prepared);
  docs.forEach((doc, i) => client.decide(doc, `i${from + i}`));
  return client;
};

const makeCountersign = ({ batch, packed = false, judged = false }) => {
  let prepared;
  // From the moment before the first decision on, as a device that has the items.
  const pullAll = async (port) => {
    const client = new Client(prepared);
    let got = 0;
    let { cursor } = prepared;
    for (let more = true; more; ) {
      const page = await client.ask(port, 'GET', `${project}/feed?cursor=${cursor}`);
      got += countReviews(page);
      ({ end: { more, cursor } } = JSON.parse(page.slice(page.lastIndexOf('\n', page.length - 2) + 1)));
    }
    client.agent.destroy();
    return got;
  };
  const system = {
    server: join(here, 'server.sh'),
    // What was decided offline: operations, chained and flushed to nowhere; they go up with push().
    async client(dir, docs) {
      prepared = JSON.parse(readFileSync(join(dir, existsSync(join(dir, 'prepared.json')) ? '' : '..', 'prepared.json'), 'utf8'));
      return fresh(prepared, docs, 0);
    },
    async push(c, port) {
      if (!c.greeted) await c.hello(port);
      while (c.device.saved < c.device.head.seq) await c.push(port, batch, packed);
      if (judged) await allJudged(`http://127.0.0.1:${port}`);
    },
    async more(c, docs) {
      const from = c.device.head.seq;
      docs.forEach((doc, i) => c.decide(doc, `i${from + i}`));
    },
    async replay(c, port) {
      c.device.saved = 0;
      await this.push(c, port);
    },
    async pull(dir, port, wanted) {
      if (existsSync(preparedFile(port))) prepared = readPrepared(port);  // else it is a proxy's, in front of the same
      for (let got = 0; ; await pause(20)) {
        got = await pullAll(port);
        if (got >= wanted) return got;
      }
    },
    async concurrent(port, docs, clients, size) {
      prepared = readPrepared(port);
      const per = Math.floor(docs.length / clients);
      const taken = [];
      await Promise.all(Array.from({ length: clients }, async (_, k) => {
        const client = fresh(prepared, docs.slice(k * per, (k + 1) * per), k * per);
        await client.hello(port);
        while (client.device.saved < client.device.head.seq) {
          const began = process.hrtime.bigint();
          await client.push(port, size, packed);
          taken.push(Number(process.hrtime.bigint() - began) / 1e9);
        }
        client.agent.destroy();
      }));
      if (judged) await allJudged(`http://127.0.0.1:${port}`);
      return taken;
    },
    async count(port) {
      prepared = readPrepared(port);
      await allJudged(`http://127.0.0.1:${port}`);
      return pullAll(port);
    },
    async done(c) {
      c.agent.destroy();
    },
  };
  return system;
};

// What each of so many clients sends, made before the clock runs: requests as they go over the wire. They have said hello.
export const preparedPushes = async (port, docs, clients, size) => {
  const prepared = readPrepared(port);
  const per = Math.floor(docs.length / clients);
  return Promise.all(Array.from({ length: clients }, async (_, k) => {
    const client = fresh(prepared, docs.slice(k * per, (k + 1) * per), k * per);
    await client.hello(port);
    client.agent.destroy();
    const out = [];
    for (; client.device.saved < per; client.device.saved = Math.min(client.device.saved + size, per)) {
      const body = client.device.push({ to: Math.min(client.device.saved + size, per) });
      out.push(`POST ${project}/operations HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${prepared.cookie}\r\nContent-Type: application/jsonl\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    }
    return out;
  }));
};

// Durable is the only way there is: every acknowledgement is behind an fsync.
export default {
  'countersign-b1000': { sys: () => makeCountersign({ batch: 1000 }), syncs: ['full'] },
  // The same until every decision is an event in the log, with its standing.
  'countersign-b1000-judged': { sys: () => makeCountersign({ batch: 1000, judged: true }), syncs: ['full'] },
  'countersign-b1000-gzip': { sys: () => makeCountersign({ batch: 1000, packed: true }), syncs: ['full'] },
  'countersign-b100': { sys: () => makeCountersign({ batch: 100 }), syncs: ['full'] },
};
