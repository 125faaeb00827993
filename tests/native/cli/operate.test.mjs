// Backup, restore, doctor, the log as a bundle, and a saved outbox: the program as people run it, with real files, a real
// server, and a device that is written from the documents (tests/docs/lib/device.mjs).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Device, allJudged, committed } from '../../docs/lib/device.mjs';
import { serve, shell, workplace } from '../../docs/lib/program.mjs';
import { verifyBytes } from '../../web/verify/lib.mjs';

const place = workplace();
let server;
let cookie;
after(async () => {
  await server?.stop();
  place.remove();
});
const at = (...names) => join(place.folder, ...names);
const run = async (command, wanted = 0) => {
  const { said, status } = await shell(place, command);
  assert.equal(status, wanted, `${command}\n${said}`);
  return said;
};
const ask = async (method, path, body, type = 'application/json') => {
  const headers = { ...(cookie ? { cookie } : {}), ...(body === undefined ? {} : { 'content-type': type }) };
  const response = await fetch(server.address + path, { method, headers, body });
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text), headers: response.headers };
};
const city = '/api/v1/projects/city';
const start = async () => {
  server = await serve(place, '--demo');
  const signedIn = await ask('POST', '/api/v1/session/demo', '{}');
  assert.equal(signedIn.status, 200);
  cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
};
const stop = async () => {
  await server.stop();
  server = undefined;
  cookie = undefined;
};
const hello = async (device) => {
  const answer = await ask('POST', `${city}/hello`, device.hello());
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
  return answer.json;
};
const note = (device, item, words) => {
  const text = committed('note', words);
  device.decide('add_note', item, { text: text.commitment }, { texts: [text] });
  return text.commitment;
};
const push = async (device) => {
  const answer = await ask('POST', `${city}/operations`, device.push(), 'application/jsonl');
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
  device.saved = answer.json.saved;
  return answer.json;
};
const verified = async (file, ...options) => JSON.parse(await run(`countersign verify ${file} --json --quiet ${options.join(' ')}`));

let ada;
let rang; // the commitment to the first note
before(async () => {
  const predictions = ['a', 'b', 'c'].map((id) => JSON.stringify({ id, input: { text: `message ${id}: smell of gas` }, metadata: { channel: 'web', attachments: 0 }, prediction: { model: 'topics-3', label: 'noise', confidence: 0.41, scores: { noise: 0.41, gas_smell: 0.25 } } }));
  writeFileSync(at('predictions.jsonl'), predictions.join('\n'));
  await run('countersign project create city --policy assets/demo/policy-city-service.json && countersign import city predictions.jsonl');
  await start();
  ada = new Device('demo', 'city');
  await hello(ada);
  rang = note(ada, 'a', 'Rang the works at 14:05.');
  note(ada, 'b', 'Nobody there. Größte Eile ☂');
  await push(ada);
  await stop();
});

test('the log of a real server is verified from its bundle, by both verifiers', async () => {
  const said = await run('countersign log bundle city --out city.jsonl');
  assert.match(said, /^\d+ lines in city\.jsonl\n$/);
  const report = await verified('city.jsonl');
  assert.equal(report.verified, true, JSON.stringify(report.failures));
  assert.ok(report.counts.texts >= 5, 'three documents and two notes');
  const theirs = await verifyBytes(new Uint8Array(readFileSync(at('city.jsonl'))));
  assert.equal(theirs.verified, true, JSON.stringify(theirs.failures));
  assert.deepEqual(theirs.counts, report.counts);
  assert.deepEqual(theirs.checks, report.checks);
  await run('countersign log bundle city --no-texts --out bare.jsonl');
  assert.equal((await verified('bare.jsonl')).counts.texts, 0);
  await run('countersign log bundle nowhere', 2);
});

test('whatever is done to it is named by both', async () => {
  const bundle = readFileSync(at('city.jsonl'), 'utf8');
  const lines = bundle.split('\n');
  const leaf = lines.findIndex((line) => line.includes('"type":"note_added"'));
  const changes = {
    'a byte': bundle.replace('"actor":"demo"', '"actor":"demi"'),
    'a missing row': lines.toSpliced(leaf, 1).join('\n'),
    'swapped rows': lines.with(2, lines[3]).with(3, lines[2]).join('\n'),
    'another text': bundle.replace('Rang the works', 'Sang the works'),
  };
  for (const [what, changed] of Object.entries(changes)) {
    assert.notEqual(changed, bundle, what);
    writeFileSync(at('changed.jsonl'), changed);
    const mine = JSON.parse(await run('countersign verify changed.jsonl --json --quiet', 6));
    const theirs = await verifyBytes(new TextEncoder().encode(changed));
    assert.equal(theirs.verified, false, what);
    assert.deepEqual(theirs.checks, mine.checks, what);
  }
});

test('one decision is proven by two files', async () => {
  await run('countersign log proof city --entry 5 --out five');
  const { key } = JSON.parse(readFileSync(at('city.jsonl'), 'utf8').split('\n').find((line) => line.startsWith('{"key":')));
  assert.match(await run(`countersign verify --proof five.tlog-proof --leaf five.json --key '${key}'`), /Verified/);
  await run('countersign log proof city --entry 5000 --out none', 2);
  assert.ok(!existsSync(at('none.tlog-proof')));
  await run('countersign log proof city --out none', 2);
});

test('a folder that is well is said to be', async () => {
  const said = await run('countersign doctor');
  for (const check of ['file', 'references', 'logs', 'streams', 'texts', 'projections']) assert.match(said, new RegExp(`^  good     ${check} \\(`, 'm'));
  const { good, checks, findings } = JSON.parse(await run('countersign doctor --json'));
  assert.equal(good, true);
  assert.deepEqual(findings, []);
  assert.deepEqual(checks.map(({ check }) => check), ['file', 'references', 'logs', 'streams', 'texts', 'projections']);
  assert.ok(checks.every(({ done }) => done > 0), JSON.stringify(checks));
  const left = readdirSync(at('data')).filter((name) => !/-(wal|shm)$/.test(name));
  assert.deepEqual(left.sort(), ['countersign.db', 'countersign.lock', 'keys.db', 'last-checkpoints', 'log.key', 'master.key']);
  await run('countersign doctor --data nowhere', 2);
  assert.ok(!existsSync(at('nowhere')));
});

test('a backup is made while a server runs, is verified, and makes what is in it stable', async () => {
  await start();
  note(ada, 'c', 'While the backup is made.');
  await push(ada);
  const said = await run('countersign backup --to kept --keys-to vault');
  assert.match(said, /^backup in kept: 1 projects, \d+ log entries, verified by restoring it\nkeys in vault, over those that were there before\n$/);
  assert.deepEqual(readdirSync(at('vault')).sort(), ['keys.db', 'master.key']);
  for (const name of ['keys.db', 'master.key']) assert.equal(statSync(at('vault', name)).mode & 0o777, 0o600, name);
  assert.equal(statSync(at('vault')).mode & 0o777, 0o700);
  assert.match(await run('countersign backup --to elsewhere --keys-to data', 2), /keys are kept apart from stores/);
  assert.deepEqual(readdirSync(at('kept')).sort(), ['backup.json', 'countersign.db', 'last-checkpoints', 'log.key']);
  assert.equal(statSync(at('kept')).mode & 0o777, 0o700);
  assert.equal(statSync(at('kept', 'log.key')).mode & 0o777, 0o600);
  const { projects } = JSON.parse(readFileSync(at('kept', 'backup.json'), 'utf8'));
  assert.equal(projects[0].project, 'city');
  // What is judged is in the log, and so in the next backup.
  await allJudged(server.address);
  mkdirSync(at('backups'));
  await run('countersign backup --to backups');
  assert.match(readdirSync(at('backups'))[0], /^countersign-\d{4}-/);
  assert.equal((await hello(ada)).stream.stable, 3);
  assert.match(await run('countersign backup --to kept', 4), /kept: is a backup already/);
  await stop();
  await run('countersign doctor');
});

test('a backup comes back in an empty folder, in a new epoch that says what it continues', async () => {
  const said = await run('countersign restore kept --data again --keys vault');
  assert.match(said, /^restored in again: epoch \d{13} of server [0-9a-f]{16} begins\n$/);
  await run('countersign doctor --data again');
  await run('countersign log bundle city --data again --out again.jsonl');
  const report = await verified('again.jsonl');
  assert.equal(report.verified, true, JSON.stringify(report.failures));
  assert.equal(report.counts.epochs, 2);
  assert.equal((await verifyBytes(new Uint8Array(readFileSync(at('again.jsonl'))))).verified, true);
  assert.match(await run('countersign restore kept --data again', 4), /again: is not empty/);
  assert.match(await run('countersign restore kept --data keyless', 4), /has not the keys \(keys\.db, master\.key\)/);
  assert.ok(!existsSync(at('keyless')));
});

test('a server that was put back refuses to serve, goes on by --in-place, and takes again what was lost', async () => {
  await start();
  note(ada, 'a', 'This will be lost.');
  await push(ada);
  await stop();
  for (const name of ['countersign.db', 'log.key']) cpSync(at('kept', name), at('data', name));
  rmSync(at('data', 'countersign.db-wal'), { force: true });
  assert.match(await run('countersign project list', 4), /the store was put back.*restore --in-place/s);
  assert.match(await run('countersign restore --in-place'), /what was there before is in data\.before-/);
  await start();
  const greeted = await hello(ada);
  assert.match(greeted.incarnation, /^\d{13}-/);
  assert.equal(greeted.stream.compared, 'server_behind');
  ada.saved = greeted.stream.head.seq;
  await push(ada);
  assert.match(await run('countersign restore --in-place', 5), /in use by a Countersign server/);
  await stop();
  await run('countersign log bundle city --out after.jsonl');
  const report = await verified('after.jsonl');
  assert.equal(report.verified, true, JSON.stringify(report.failures));
  await run('countersign doctor');
});

test('a backup takes the place of data that is there only when told so, and that is kept', async () => {
  assert.match(await run('countersign restore kept', 4), /data: is not empty/);
  const said = await run('countersign restore kept --in-place');
  const [, aside] = /what was there before is in (\S+)/.exec(said);
  assert.ok(existsSync(at(aside, 'countersign.db')));
  assert.ok(!existsSync(at(aside, 'keys.db')) && !existsSync(at(aside, 'master.key')), 'keys go on with what is served');
  assert.match(await run(`countersign doctor --data ${aside}`, 6), /DAMAGED {2}texts .*\n {11}keys: the texts of this store are sealed/);
  await run(`countersign doctor --data ${aside} --keys data`);
  await run('countersign doctor');
});

test('a backup that was changed is no backup', async () => {
  cpSync(at('kept'), at('spoilt'), { recursive: true });
  const bytes = readFileSync(at('spoilt', 'countersign.db'));
  bytes[bytes.length - 100] ^= 1;
  writeFileSync(at('spoilt', 'countersign.db'), bytes);
  assert.match(await run('countersign restore spoilt --data never', 6), /is not the file that the backup was made with/);
  assert.ok(!existsSync(at('never')));
  await run('countersign restore nowhere --data never', 2);
});

test('a saved outbox is handed in, and each part is told of', async () => {
  await start();
  const ben = new Device('demo', 'city');
  await hello(ben);
  await stop();
  note(ben, 'a', 'Saved as a file.');
  writeFileSync(at('outbox.jsonl'), ben.push({ elide: false }));
  const said = await run('countersign outbox outbox.jsonl --project city');
  assert.match(said, new RegExp(`^stream ${ben.stream}, operations 1 to 1: saved\n1 decisions saved, 0 not taken\n$`));
  assert.match(await run('countersign outbox outbox.jsonl --project city'), /1 decisions saved/, 'again changes nothing');
  const stranger = new Device('eve', 'city');
  note(stranger, 'a', 'Never greeted.');
  writeFileSync(at('stranger.jsonl'), stranger.push({ elide: false }));
  const { parts } = JSON.parse(await run('countersign outbox stranger.jsonl --project city --json', 7));
  assert.equal(parts[0].saved, false);
  assert.match(parts[0].reason, /has not said hello/);
  writeFileSync(at('broken.jsonl'), 'nonsense\n');
  assert.match(await run('countersign outbox broken.jsonl --project city', 2), /broken\.jsonl: line 1/);
});

// The store's file with other bytes wherever `found` stands in it, pages that are free by now among them.
const spoil = (folder, found, changed) => {
  const file = at(folder, 'countersign.db');
  const bytes = readFileSync(file);
  let times = 0;
  for (let place = bytes.indexOf(found); place >= 0; place = bytes.indexOf(found, place + 1)) {
    bytes.write(changed, place);
    times += 1;
  }
  assert.ok(times > 0, found);
  writeFileSync(file, bytes);
};

test('what is wrong in a list is found by row, and made right from the log', async () => {
  await run('countersign restore kept --data listed --keys vault');
  spoil('listed', 'noisetopics-3', 'Noise');
  const said = await run('countersign doctor --data listed', 6);
  assert.match(said, /^ {2}DAMAGED {2}projections \(\d+ entries, 3 findings, \d+ ms\)\n {11}item: no 1: label is 'Noise', the log says 'noise'$/m);
  assert.match(said, /^ {2}good {5}logs /m);
  const rebuilt = await run('countersign doctor --data listed --rebuild');
  assert.match(rebuilt, /the store as it was is in listed\/before-rebuild-/);
  await run('countersign doctor --data listed');
});

test('what is wrong in the log is found by entry, makes no backup, and no rebuild passes over it', async () => {
  await run('countersign restore kept --data changed --keys vault');
  spoil('changed', '{"actor":"demo","at":', '{"actor":"dema"');
  const said = await run('countersign doctor --data changed', 6);
  assert.match(said, /^ {2}DAMAGED {2}logs .*\n {11}project 'city', entry \d+: /m);
  await run('countersign doctor --data changed --rebuild', 6);
  await run('countersign backup --data changed --to copied', 6);
  assert.ok(!existsSync(at('copied')) && !existsSync(at('copied.part')));
});

test('a text that was changed beside the log is found', async () => {
  await run('countersign restore kept --data texts --keys vault');
  const file = at('texts', 'countersign.db');
  const bytes = readFileSync(file);
  // A note's row: its commitment, and right behind it the box, which begins with the number of its key.
  const commitment = Buffer.from(rang, 'hex');
  let spoilt = 0;
  for (let place = bytes.indexOf(commitment); place >= 0; place = bytes.indexOf(commitment, place + 1)) {
    const box = place + commitment.length;
    if (bytes.readUIntBE(box, 6) !== 0 || bytes.readUInt16BE(box + 6) === 0) continue;
    bytes[box + 50] ^= 1;
    spoilt += 1;
  }
  assert.equal(spoilt, 1);
  writeFileSync(file, bytes);
  assert.match(await run('countersign doctor --data texts', 6), /^ {2}DAMAGED {2}texts .*\n {11}note: [0-9a-f]{12}: is not the text that was committed to$/m);
});

test('a backup that is interrupted or killed leaves nothing that looks like one', async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => JSON.stringify({ id: `many-${i}`, input: { text: `message ${i}` }, metadata: { channel: 'web', attachments: 0 }, prediction: { model: 'topics-3', label: 'noise', confidence: 0.41, scores: { noise: 0.41 } } }));
  writeFileSync(at('many.jsonl'), lines.join('\n'));
  await run('countersign project create city --data many --policy assets/demo/policy-city-service.json && countersign import city many.jsonl --data many --quiet');
  // The signal comes once, as soon as the copy has begun; when a busy machine brings it after all is done, it is tried again.
  const interrupted = async (name, signal, tries = 10) => {
    const watching = watch(place.folder);
    const child = spawn('countersign', ['backup', '--data', 'many', '--to', name], { cwd: place.folder, env: place.environment, stdio: 'ignore' });
    let sent = false;
    watching.on('change', (_, file) => {
      if (file === `${name}.part` && !sent) sent = child.kill(signal);
    });
    const [status, by] = await once(child, 'close');
    watching.close();
    if (existsSync(at(name)) && tries > 1) {
      rmSync(at(name), { recursive: true });
      return interrupted(name, signal, tries - 1);
    }
    return { status, by };
  };
  assert.deepEqual(await interrupted('stopped', 'SIGINT'), { status: 130, by: null });
  assert.ok(!existsSync(at('stopped')) && !existsSync(at('stopped.part')));
  assert.deepEqual(await interrupted('killed', 'SIGKILL'), { status: null, by: 'SIGKILL' });
  assert.ok(!existsSync(at('killed')));
  await run('countersign backup --data many --to killed');
  assert.ok(existsSync(at('killed', 'backup.json')) && !existsSync(at('killed.part')));
});
