// Pushes to Countersign and to the peers' hand-written Node server (better-sqlite3, every commit flushed), in turns on the
// same disk, by a client that costs next to nothing (http_replay): 50 clients with batches of 20, one with batches of 1000.
// With SQLITE_RAW, the peers' program that only inserts (raw/run.sh builds it), also beside that, in the same turns.
// usage: node side_by_side.mjs PEERS [rounds] [docs]     (PEERS: the folder with the peers' runner, after npm ci)
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { allJudged } from '../../tests/docs/lib/device.mjs';
import { preparedPushes } from './countersign.mjs';

const [peers, rounds = '5', count = '10000'] = process.argv.slice(2);
if (!peers) {
  console.error('usage: node side_by_side.mjs PEERS [rounds] [docs]');
  process.exit(2);
}
const { start, cpuOf } = await import(resolve(peers, 'lib/util.mjs'));
const { decisions } = await import(resolve(peers, 'lib/gen.mjs'));
const here = new URL('.', import.meta.url).pathname;
const replay = process.env.HTTP_REPLAY ?? join(here, '../../build/native/bench/http_replay');
const docs = decisions(Number(count), 2);

const slices = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
const handPushes = async (port, clients, size) => slices(docs, docs.length / clients).map((own) => slices(own, size).map((batch) => {
  const body = JSON.stringify(batch);
  return `POST /push HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}));
const servers = {
  countersign: { program: join(here, 'server.sh'), prepare: (port, clients, size) => preparedPushes(port, docs, clients, size), after: (port) => allJudged(`http://127.0.0.1:${port}`) },
  node: { program: resolve(peers, 'servers/hand-sqlite.mjs'), prepare: handPushes },
};

const shapes = [{ clients: 50, size: 20 }, { clients: 1, size: 1000 }, { clients: 5, size: 1000 }];
let port = 19100 + (process.pid % 400) * 2;
const once = async (name, { clients, size }) => {
  const dir = mkdtempSync(join(tmpdir(), `side-by-side-${name}-`));
  const { program, prepare, after } = servers[name];
  port += 2;
  const server = await start(program, [port, dir, 'full']);
  try {
    const lines = (await prepare(port, clients, size)).flatMap((own) => ['client', ...own.flatMap((one) => [Buffer.byteLength(one), one])]);
    writeFileSync(join(dir, 'requests'), `${lines.join('\n')}\n`);
    await after?.(port);
    const before = cpuOf(server.pids);
    const figures = JSON.parse((await promisify(execFile)(replay, [port, join(dir, 'requests')])).stdout);
    const cpu = cpuOf(server.pids) - before;
    await after?.(port);
    return { name, clients, size, ...figures, cpu, whole: cpuOf(server.pids) - before };
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true });
  }
};

// Rows of the same size by one connection, nothing around it.
const raw = async ({ clients, size }) => {
  const dir = mkdtempSync(join(tmpdir(), 'side-by-side-raw-'));
  const { stdout } = await promisify(execFile)(process.env.SQLITE_RAW, [dir, docs.length, size, 'full']);
  rmSync(dir, { recursive: true });
  const { seconds, cpu_s: cpu } = JSON.parse(stdout.trim().split('\n').at(-1));
  return { name: 'raw', clients, size, s: seconds, cpu };
};

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const rows = [];
for (let round = 0; round < Number(rounds); round++) {
  for (const shape of shapes) {
    for (const name of Object.keys(servers)) rows.push(await once(name, shape));
    if (process.env.SQLITE_RAW) rows.push(await raw(shape));
  }
}
for (const { clients, size } of shapes) {
  console.log(`\n${clients} client${clients > 1 ? 's' : ''}, batches of ${size}, medians of ${rounds}`);
  console.log(`${'server'.padEnd(14)}${['decisions/s', 'p50 ms', 'p99 ms', 'CPU s', 'with judging'].map((head) => head.padStart(14)).join('')}`);
  const of = (name, key) => median(rows.filter((row) => row.name === name && row.clients === clients).map(key));
  const keys = [(row) => docs.length / row.s, (row) => row.p50_ms, (row) => row.p99_ms, (row) => row.cpu, (row) => row.whole];
  const digits = [0, 1, 1, 2, 2];
  const table = Object.keys(servers).map((name) => keys.map((key) => of(name, key)));
  Object.keys(servers).forEach((name, i) => console.log(`${name.padEnd(14)}${table[i].map((value, k) => value.toFixed(digits[k]).padStart(14)).join('')}`));
  console.log(`${'ratio'.padEnd(14)}${table[0].map((value, k) => (value / table[1][k]).toFixed(2).padStart(14)).join('')}`);
  if (process.env.SQLITE_RAW) {
    const perSecond = of('raw', keys[0]);
    console.log(`raw SQLite    ${perSecond.toFixed(0).padStart(14)}  rows/s; countersign ${(table[0][0] / perSecond).toFixed(2)} of that`);
  }
}
