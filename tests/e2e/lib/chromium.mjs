// A real Chromium, started by us and not by Playwright: with flags of our own (Playwright's defaults switch storage
// partitioning off), a profile that outlives the process, and a pid that a test may kill.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { skip } from './skip.mjs';

const kFlags = [
  '--headless=new', '--no-sandbox', '--no-first-run', '--no-default-browser-check', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-domain-reliability', '--password-store=basic',
  '--disable-features=Translate,OptimizationHints,MediaRouter', '--remote-debugging-port=0', '--force-color-profile=srgb',
];
// WebGL without a graphics card. Not by default: it pushes the page's own painting through the software GPU as well.
const kGlFlags = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

const findChromium = () => {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    const found = spawnSync('which', [name], { encoding: 'utf8' });
    if (found.status === 0) return found.stdout.trim();
  }
  return skip('no Chromium on this machine (apt install chromium, or name one in CHROMIUM)');
};

const executable = findChromium();
const running = new Set();
process.on('exit', () => {
  for (const browser of running) browser.child.kill('SIGKILL');
});

const waitFor = async (what, check, timeoutMs) => {
  for (const end = Date.now() + timeoutMs; Date.now() < end; ) {
    const value = check();
    if (value) return value;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`${what} did not come within ${timeoutMs} ms`);
};

export class Browser {
  child;
  profile;
  #own;
  #playwright;

  // options: { profile: a folder to go on with, gl: with WebGL, flags: more of them, size: [width, height] }
  static async launch({ profile, gl = false, flags = [], size = [1200, 800] } = {}) {
    const self = new Browser();
    self.#own = profile === undefined;
    self.profile = profile ?? mkdtempSync(join(tmpdir(), 'countersign-e2e-'));
    const portFile = join(self.profile, 'DevToolsActivePort');
    rmSync(portFile, { force: true });
    self.child = spawn(
      executable,
      [...kFlags, ...(gl ? kGlFlags : ['--disable-gpu']), `--window-size=${size.join(',')}`, `--user-data-dir=${self.profile}`, ...flags, 'about:blank'],
      { stdio: 'ignore' },
    );
    running.add(self);
    const text = () => existsSync(portFile) && readFileSync(portFile, 'utf8');
    const [port, path] = (await waitFor('Chromium', () => /^\d+\n\/\S+/.test(text() || '') && text(), 30000)).split('\n');
    self.#playwright = await chromium.connectOverCDP(`ws://127.0.0.1:${port}${path}`);
    return self;
  }

  get context() {
    return this.#playwright.contexts()[0];
  }

  async newPage() {
    return this.context.newPage();
  }

  // All but the empty one that keeps the browser open.
  async closePages() {
    for (const page of this.context.pages().filter((each) => each.url() !== 'about:blank')) await page.close().catch(() => {});
  }

  // The ids of the processes in which pages run.
  async renderers() {
    const session = await this.#playwright.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    return processInfo.filter((each) => each.type === 'renderer').map((each) => each.id);
  }

  // As a power switch: no chance to write anything.
  async killHard() {
    const ended = new Promise((done) => this.child.once('exit', done));
    this.child.kill('SIGKILL');
    await ended;
    running.delete(this);
    await this.#playwright.close().catch(() => {});
  }

  async close() {
    const ended = this.child.exitCode !== null || new Promise((done) => this.child.once('exit', done));
    const session = await this.#playwright.newBrowserCDPSession().catch(() => null);
    await session?.send('Browser.close').catch(() => {});
    await Promise.race([ended, new Promise((done) => setTimeout(done, 5000).unref())]);
    this.child.kill('SIGKILL');
    running.delete(this);
    await this.#playwright.close().catch(() => {});
    if (this.#own) this.forget();
  }

  forget() {
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
