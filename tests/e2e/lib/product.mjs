// Set-up of the product's tests: the real server as ./run starts it, on a data folder of its own, and the command line.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './app.mjs';
import { skip } from './skip.mjs';

export const repository = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const binary = join(repository, 'build/native/native/cli/countersign');

if (!existsSync(join(repository, 'build/web/site/manifest.json'))) skip('the web preset is not built');

const freePort = () =>
  new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed).listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

export const kProject = 'city-service';
export const kPassword = 'correct horse battery';

// Building anew what was changed since the last ./run takes its time.
const kStartMs = 300000;
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

// One data folder, with a server on it that may be stopped, killed and started again on the same port.
export class Product {
  data;
  port;
  #child;
  #people;

  // people: a service where they sign in, with the demo's messages; else the demo as ./run starts it.
  static async start({ people = false } = {}) {
    const self = new Product();
    self.#people = people;
    self.data = mkdtempSync(join(tmpdir(), 'countersign-data-'));
    rmSync(self.data, { recursive: true }); // ./run loads the demo when there is none
    self.port = await freePort();
    if (people) self.#prepare();
    await self.run();
    return self;
  }

  get origin() {
    return `http://localhost:${this.port}`;
  }

  get pid() {
    return this.#child.pid;
  }

  get address() {
    return `${this.origin}/?test=1`;
  }

  #prepare() {
    const predictions = join(repository, 'build/native/demo/predictions.jsonl');
    if (!existsSync(binary) || !existsSync(predictions)) skip('the native preset is not built');
    for (const made of [
      this.command('project', 'create', kProject, '--policy', join(repository, `assets/demo/policy-${kProject}.json`)),
      this.command('import', kProject, predictions, '--quiet'),
    ]) {
      if (made.status !== 0) throw new Error(made.err);
    }
  }

  #start() {
    const where = ['--port', String(this.port), '--data', this.data];
    if (this.#people) return spawn(binary, ['serve', '--site', join(repository, 'build/web/site'), ...where]);
    return spawn(join(repository, 'run'), ['--no-open', ...where], { cwd: repository });
  }

  // The demo with the command that the README starts with.
  async run() {
    let output = '';
    this.#child = this.#start();
    const child = this.#child;
    running.add(child);
    child.once('exit', () => running.delete(child));
    this.#child.stdout.on('data', (text) => (output += text));
    this.#child.stderr.on('data', (text) => (output += text));
    await until(`the server on ${this.origin}`, async () => {
      if (this.#child.exitCode !== null) throw new Error(`./run ended with ${this.#child.exitCode}:\n${output}`);
      return fetch(`${this.origin}/healthz`).then((answer) => answer.ok, () => false);
    }, kStartMs);
  }

  // ./run becomes the server, so that its pid is the server's.
  async end(signal = 'SIGINT') {
    const ended = new Promise((done) => this.#child.once('exit', (code, by) => done(code ?? by)));
    this.#child.kill(signal);
    return ended;
  }

  command(...args) {
    return this.#commandWith('', args);
  }

  #commandWith(input, args) {
    const ran = spawnSync(binary, [...args, '--data', this.data], { encoding: 'utf8', maxBuffer: 1 << 28, input });
    return { status: ran.status, out: ran.stdout, err: ran.stderr };
  }

  // An account whose password is kPassword.
  person(name, role = 'reviewer') {
    const { status, err } = this.#commandWith(`${kPassword}\n`, ['account', 'add', name, '--role', role, '--password-stdin']);
    if (status !== 0) throw new Error(`account add ${name} ended with ${status}: ${err}`);
  }

  // Predictions as JSON Lines.
  import(project, lines) {
    const { status, err } = this.#commandWith(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), ['import', project, '-', '--quiet']);
    if (status !== 0) throw new Error(`import ended with ${status}: ${err}`);
  }

  // Signs in without a browser: (method, path, body, type) => { status, text }.
  async client(name) {
    const ask = (method, path, body, headers) => fetch(`${this.origin}/api/v1${path}`, { method, body, headers });
    const signedIn = await ask('POST', '/session', JSON.stringify({ account: name, password: kPassword }), { 'content-type': 'application/json' });
    if (!signedIn.ok) throw new Error(`sign-in of ${name}: ${signedIn.status} ${await signedIn.text()}`);
    const cookie = signedIn.headers.get('set-cookie').split(';')[0];
    return async (method, path, body, type = 'application/json') => {
      const answer = await ask(method, path, body, { cookie, ...(body === undefined ? {} : { 'content-type': type }) });
      return { status: answer.status, text: await answer.text() };
    };
  }

  // What the command line exports: a record a line.
  export(project, ...args) {
    const { status, out, err } = this.command('export', project, '--quiet', ...args);
    if (status !== 0) throw new Error(`export ended with ${status}: ${err}`);
    return out.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  async remove() {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.end();
    rmSync(this.data, { recursive: true, force: true });
  }
}
