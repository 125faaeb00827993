// Without network: the service worker opens the desk. A new build waits, is checked, and is let in without loss.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { until } from './lib/app.mjs';
import { Browser } from './lib/chromium.mjs';
import { SiteServer } from './lib/site_server.mjs';
import { address, openApp, repository, standInSite, StandIn } from './lib/stand_in.mjs';

const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const temporary = () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-site-'));
  folders.push(folder);
  return folder;
};

// Another build of the same sources, as the build itself makes it.
const anotherBuild = (tag) => {
  const folder = temporary();
  cpSync(standInSite, folder, { recursive: true });
  const module = join(repository, 'build/web/tests/web/countersign_stand_in.mjs');
  const made = spawnSync(process.execPath, [join(repository, 'tools/web_assets.mjs'), '--module', module, '--out', folder, '--tag', tag], { encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  return folder;
};

// A world of its own for each test: a service worker stays with its browser.
const inWorld = (title, body) =>
  test(title, async () => {
    const server = await SiteServer.start(standInSite);
    const browser = await Browser.launch();
    try {
      await body({ server, browser });
    } finally {
      await browser.close();
      await server.stop().catch(() => {});
    }
  });

const installed = (app) => app.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
const runningBuild = (app) => app.page.evaluate(() => JSON.parse(document.getElementById('build').textContent).name);
const builds = (app) => app.page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('countersign-build-')));
const checks = (app) => app.page.evaluate(async () => (await navigator.serviceWorker.ready).active.postMessage({ t: 'check' }));

inWorld('with the server gone the desk opens, decides, and opens again with everything', async (world) => {
  let app = await openApp(world);
  await installed(app);
  await app.press('a');
  await world.server.stop();
  await app.page.reload();
  await app.isReady();
  await app.press('a');
  await app.page.close();
  app = await openApp(world, '&renderer=cpu');
  assert.equal(await app.decisions(), 2);
  await app.click('button', 'Send');
  await app.sees('Answer: The server cannot be reached.');
  await app.page.close();
});

inWorld('requests to the API are never answered from a cache', async (world) => {
  const app = await openApp(world);
  await installed(app);
  await app.page.reload();
  await app.isReady();
  let count = 0;
  world.server.api = (request, body, response) => response.writeHead(200).end(`answer ${(count += 1)}`);
  for (const expected of ['answer 1', 'answer 2']) {
    await app.click('button', 'Send');
    await app.sees(`Answer: 200 ${expected}`);
  }
  const cached = await app.page.evaluate(async () => {
    const names = await caches.keys();
    const keys = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)));
    return keys.flat();
  });
  assert.ok(cached.includes('/') && cached.some((path) => path.endsWith('.wasm')));
  assert.deepEqual(cached.filter((path) => path.startsWith('/api')), []);
});

inWorld('a new build waits while a tab is open, says so, and comes in when the person says so, with everything kept', async ({ server, browser }) => {
  const app = await openApp({ server, browser });
  await installed(app);
  const old = await runningBuild(app);
  await app.press('a', 'a');
  server.use(anotherBuild('two'));
  await checks(app);
  await app.isNoticed('update');
  // The old build goes on in the meantime.
  await app.press('a');
  assert.equal(await runningBuild(app), old);
  await app.page.getByRole('button', { name: 'Use it now' }).click();
  await app.page.waitForFunction((name) => JSON.parse(document.getElementById('build')?.textContent ?? '{}').name !== name, old);
  await app.isReady();
  assert.equal(await runningBuild(app), server.build);
  assert.equal(await app.decisions(), 3);
  await app.hasNoProblems();
});

inWorld('a new build that waited comes in at the next start', async ({ server, browser }) => {
  let app = await openApp({ server, browser });
  await installed(app);
  await app.press('a');
  server.use(anotherBuild('three'));
  await checks(app);
  await app.isNoticed('update');
  // Another day: no server is needed for it any more.
  await app.page.close();
  await server.stop();
  app = await openApp({ server, browser });
  assert.equal(await runningBuild(app), server.build);
  assert.equal(await app.decisions(), 1);
});

inWorld('a tab of the old build goes on while another one starts the new build, and comes back as the new one', async ({ server, browser }) => {
  const old = await openApp({ server, browser });
  await installed(old);
  const oldBuild = await runningBuild(old);
  await old.press('a');
  server.use(anotherBuild('four'));
  await checks(old);
  await old.isNoticed('update');
  const fresh = await StandIn.open(browser, address(server));
  await fresh.isCovered('elsewhere');
  assert.equal(await runningBuild(fresh), server.build);
  await old.page.bringToFront();
  await old.press('a');
  assert.equal(await runningBuild(old), oldBuild);
  // The old build's files are still there for it.
  const script = await old.page.evaluate(() => JSON.parse(document.getElementById('build').textContent).worker);
  server.use(anotherBuild('four'));
  assert.equal(await old.page.evaluate(async (url) => (await fetch(url)).status, script), 200);
  await fresh.page.bringToFront();
  await fresh.page.getByRole('button', { name: 'Use it here' }).click();
  await fresh.isReady();
  assert.equal(await fresh.decisions(), 2);
  await old.isCovered('moved');
  await old.page.bringToFront();
  await old.page.getByRole('button', { name: 'Use it here' }).click();
  await old.isReady();
  assert.equal(await runningBuild(old), server.build);
  assert.equal(await old.decisions(), 2);
});

inWorld('a build that was withdrawn before anybody started it is not started', async ({ server, browser }) => {
  const app = await openApp({ server, browser });
  await installed(app);
  const old = await runningBuild(app);
  server.use(anotherBuild('withdrawn'));
  await checks(app);
  await app.isNoticed('update');
  server.use(standInSite);
  await checks(app);
  await until('the withdrawal', async () => (await builds(app)).length === 1);
  await app.page.reload();
  await app.isReady();
  assert.equal(await runningBuild(app), old);
});

inWorld('a build with a file that is not what it says is not taken', async ({ server, browser }) => {
  const app = await openApp({ server, browser });
  await installed(app);
  const old = await runningBuild(app);
  const broken = anotherBuild('broken');
  const manifest = JSON.parse(readFileSync(join(broken, 'manifest.json'), 'utf8'));
  writeFileSync(join(broken, 'app.webmanifest'), '{"name":"Not Countersign"}');
  delete manifest.files['/app.webmanifest'].br;
  delete manifest.files['/app.webmanifest'].gz;
  writeFileSync(join(broken, 'manifest.json'), JSON.stringify(manifest));
  server.use(broken);
  const asked = server.requests.length;
  await checks(app);
  await until('the broken file\'s request', () => server.requests.slice(asked).includes('GET /app.webmanifest'));
  await until('the end of the attempt', async () => (await builds(app)).length === 1);
  await app.page.reload();
  await app.isReady();
  assert.equal(await runningBuild(app), old);
});
