// The page that verifies a log, in a real browser with the browser's own cryptography: it finds what the table says, names
// it where a person and a screen reader find it, and keeps to the site's policy. The site is made of the page alone: it
// needs nothing of the desk's module.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Browser } from './lib/chromium.mjs';
import { SiteServer } from './lib/site_server.mjs';
import { skip } from './lib/skip.mjs';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const tool = process.env.COUNTERSIGN_MAKE_BUNDLES ?? join(repository, 'build/native/tests/core/make_bundles');
if (!existsSync(tool)) skip('make_bundles is not built');

const folder = mkdtempSync(join(tmpdir(), 'countersign-verify-'));
const at = (name) => join(folder, name);
execFileSync(tool, ['cases', join(repository, 'tests/cases/verify/tampers.json'), folder]);
const cases = JSON.parse(readFileSync(at('index.json'), 'utf8')).filter((one) => !/seed \d+$/.test(one.name));
const named = (name) => cases.find((one) => one.name === name);
const good = named('a log of both versions with a fork, an unreadable operation, epochs, texts and an erasure holds');
const swapped = named('two entries have changed places');
const [key] = named("it holds with the server's key from elsewhere").keys;

writeFileSync(at('module.mjs'), 'export default null;\n');
writeFileSync(at('module.wasm'), Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
execFileSync(process.execPath, [join(repository, 'tools/web_assets.mjs'), '--module', at('module.mjs'), '--out', at('site')]);
const server = await SiteServer.start(at('site'));
const browser = await Browser.launch();
afterEach(() => browser.closePages());
after(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = async () => {
  const page = await browser.newPage();
  page.problems = [];
  page.on('console', (message) => message.type() === 'error' && page.problems.push(message.text()));
  page.on('pageerror', (error) => page.problems.push(String(error)));
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`${event.violatedDirective}: ${event.blockedURI}`)));
  await page.goto(`${server.origin}/verify.html`);
  return page;
};

const verdict = async (page) => {
  await page.waitForSelector('#verdict:not([hidden])');
  return page.locator('#verdict-word').textContent();
};

// Check name to the place of its first failure, as the list shows it.
const shown = (page) =>
  page.evaluate(() => Object.fromEntries([...document.querySelectorAll('#checks > li[data-state="bad"]')].map((row) => [row.dataset.check, row.querySelector('li .place')?.textContent ?? ''])));

test('a log holds together by the word of the bundle, and is verified with a key from elsewhere', async () => {
  const page = await open();
  await page.getByLabel('The bundle').setInputFiles(at(good.file));
  assert.equal(await verdict(page), 'Holds together');
  assert.match(await page.locator('#verdict-meaning').textContent(), /with the key that came with the bundle/);
  await page.getByLabel('The server’s key').fill(key);
  await page.getByRole('button', { name: 'Check it again' }).click();
  await page.waitForSelector('#verdict[data-state="good"]');
  assert.equal(await verdict(page), 'Verified');
  assert.equal(await page.getByRole('list', { name: 'Checks' }).getByText('good', { exact: true }).count(), 15);
  assert.match(await page.locator('#facts-list').textContent(), /the device was copied/);
  assert.deepEqual(page.problems, []);
});

test('the page finds in every case of the table what it says', async () => {
  const page = await open();
  for (const one of cases) {
    await page.getByLabel('The server’s key').fill(one.keys[0] ?? '');
    await page.getByLabel('Checkpoints that you kept').setInputFiles(one.checkpoints.map(at));
    await page.getByLabel('The bundle').setInputFiles([]);
    await page.getByLabel('The bundle').setInputFiles(at(one.file));
    await page.waitForFunction((name) => !document.getElementById('verdict').hidden && document.getElementById('work-title').textContent === name, one.file);
    const found = await shown(page);
    assert.deepEqual(Object.keys(found).sort(), Object.keys(one.finds).sort(), one.name);
    for (const [check, place] of Object.entries(one.finds)) assert.ok(found[check].startsWith(place), `${one.name}: ${check} at ${found[check]}, not ${place}`);
  }
  assert.deepEqual(page.problems, []);
});

test('a file that is dropped anywhere is taken, and failures are named with their places', async () => {
  const page = await open();
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'dropped.jsonl'));
    return data;
  }, readFileSync(at(swapped.file), 'utf8'));
  await page.dispatchEvent('h1', 'dragover', { dataTransfer: transfer });
  assert.equal(await page.locator('#drop').getAttribute('class'), 'over');
  await page.dispatchEvent('h1', 'drop', { dataTransfer: transfer });
  assert.equal(await verdict(page), 'Not verified');
  await page.getByRole('heading', { name: 'dropped.jsonl' }).waitFor();
  await page.getByRole('list', { name: 'Checks' }).getByText('entry 8, line 11: the entry has number 8 where 7 was expected').waitFor();
  assert.deepEqual(page.problems, []);
});

test('the report can be saved, and is what the command line says', async () => {
  const page = await open();
  await page.evaluate(() => {
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => make((globalThis.reportBlob = blob));
  });
  await page.getByLabel('The bundle').setInputFiles(at(swapped.file));
  await verdict(page);
  const link = page.getByRole('link', { name: 'Save the report' });
  assert.equal(await link.getAttribute('download'), `${swapped.file}.report.json`);
  assert.match(await link.getAttribute('href'), /^blob:/);
  const report = JSON.parse(await page.evaluate(() => globalThis.reportBlob.text()));
  for (const name of ['verified', 'counts', 'types', 'checks', 'failed']) assert.deepEqual(report[name], swapped.report[name], name);
  assert.deepEqual(page.problems, []);
});

test('a long file shows how far it is and can be cancelled, by button and by key', async () => {
  execFileSync(tool, ['large', at('large.jsonl'), '15000', '2']);
  const large = readFileSync(at('large.jsonl'));
  server.api = (request, body, response) => response.writeHead(200, { 'content-length': large.length }).end(large);
  const page = await open();
  const transfer = await page.evaluateHandle(async () => {
    const data = new DataTransfer();
    data.items.add(new File([await (await fetch('/api/large')).blob()], 'large.jsonl'));
    return data;
  });
  for (const cancel of [() => page.getByRole('button', { name: 'Cancel' }).click(), () => page.keyboard.press('Escape')]) {
    await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
    await page.waitForFunction(() => document.getElementById('progress').value > 0);
    assert.match(await page.locator('#far').textContent(), /of \d+ MB, [\d,]+ entries/);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'cancel', 'the focus is where the next key belongs');
    await cancel();
    assert.equal(await verdict(page), 'Cancelled');
    assert.ok((await page.evaluate(() => document.getElementById('progress').value)) < 1);
  }
  // And another file right behind is verified as if nothing had been.
  await page.getByLabel('The bundle').setInputFiles(at(good.file));
  await page.waitForSelector('#verdict[data-state="own-word"]');
  assert.deepEqual(page.problems, []);
});

test('what was given and cannot be read is said at its field', async () => {
  const page = await open();
  await page.getByLabel('The server’s key').fill('nonsense');
  await page.getByLabel('The bundle').setInputFiles(at(good.file));
  await page.locator('#key-problem:not([hidden])').waitFor();
  assert.match(await page.locator('#key-problem').textContent(), /^not a verifier key/);
  assert.equal(await page.getByLabel('The server’s key').getAttribute('aria-invalid'), 'true');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'key');
  assert.equal(await page.locator('#work').isVisible(), false);
  await page.getByLabel('The server’s key').fill(key);
  await page.getByLabel('Checkpoints that you kept').setInputFiles(at(good.file));
  await page.keyboard.press('Enter');
  await page.locator('#checkpoints-problem:not([hidden])').waitFor();
});

test('it can be worked by keys alone and is read out', async () => {
  const page = await open();
  const names = [];
  for (let i = 0; i < 3; i += 1) {
    await page.keyboard.press('Tab');
    names.push(await page.evaluate(() => document.activeElement.labels[0].textContent));
  }
  assert.deepEqual(names, ['The server’s key', 'Checkpoints that you kept', 'The bundle']);
  await page.getByLabel('The bundle').setInputFiles(at(swapped.file));
  await verdict(page);
  assert.match(await page.getByRole('status').textContent(), /^Not verified\. 10 failures\./);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Check it again');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Save the report');
});

test('nothing is wider than the narrowest screen, in either colour', async () => {
  const page = await open();
  await page.setViewportSize({ width: 320, height: 640 });
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.getByLabel('The bundle').setInputFiles([]);
    await page.getByLabel('The bundle').setInputFiles(at(swapped.file));
    await page.waitForSelector('#verdict[data-state="bad"]');
    const beyond = await page.evaluate(() => [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5).map((one) => one.outerHTML.slice(0, 80)));
    assert.deepEqual(beyond, []);
  }
});

test('a browser without Ed25519 is told so in a sentence', async () => {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    const real = crypto.subtle.importKey.bind(crypto.subtle);
    crypto.subtle.importKey = (format, data, algorithm, ...rest) => (algorithm.name === 'Ed25519' ? Promise.reject(new DOMException('no', 'NotSupportedError')) : real(format, data, algorithm, ...rest));
  });
  await page.goto(`${server.origin}/verify.html`);
  await page.getByRole('alert').filter({ hasText: 'does not know Ed25519' }).waitFor();
});

test('the page comes with the policy of the site and without anything from elsewhere', async () => {
  const page = await open();
  const answer = await page.request.get(`${server.origin}/verify.html`);
  assert.match(answer.headers()['content-security-policy'], /default-src 'none'.*connect-src 'self'.*require-trusted-types-for 'script'/);
  assert.equal(answer.headers()['cache-control'], 'no-cache');
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname));
  assert.ok(loaded.every((path) => /^\/(assets\/verify\.[0-9a-f]{12}\.(js|css)|icons\/icon\.svg)$/.test(path)), loaded.join(' '));
});
