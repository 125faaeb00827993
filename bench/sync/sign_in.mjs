// Signs the reviewer in, leaves the cookie and what reviews name of the items where countersign.mjs finds it
// by the port and in the folder, and prints READY. usage: node sign_in.mjs PORT DIR
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { canonical, sha256 } from '../../tests/docs/lib/device.mjs';
import { preparedFile } from './countersign.mjs';

const [port, dir] = process.argv.slice(2);
const at = `http://127.0.0.1:${port}/api/v1`;
const get = async (path, cookie) => {
  const answer = await fetch(`${at}${path}`, { headers: { cookie } });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer.text();
};

const until = Date.now() + 60_000;
while (!(await fetch(`${at}/server`).then((answer) => answer.ok, () => false))) {
  if (Date.now() > until) throw new Error('the server does not answer');
  await pause(50);
}
const signedIn = await fetch(`${at}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account: 'cleo', password: 'long enough' }) });
if (!signedIn.ok) throw new Error(await signedIn.text());
const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
const { policy } = JSON.parse(await get('/projects/bench', cookie));
const predictions = {};
let end = { more: true };
let rest = '';
while (end.more) {
  const lines = (await get(`/projects/bench/snapshot?limit=1000${rest}`, cookie)).trimEnd().split('\n').map((line) => JSON.parse(line));
  ({ end } = lines.pop());
  for (const { item, events } of lines) predictions[item] = sha256(canonical(events[0].body.prediction));
  if (end.more) rest = `&at=${end.cursor.split(':').pop()}&after=${end.next}`;
}
for (const file of [preparedFile(port), join(dir, 'prepared.json')]) writeFileSync(file, JSON.stringify({ cookie, policy, predictions, cursor: end.cursor }));
console.log('READY {}');
