// What the desk tells people of their decisions and of each other, with the real server and several browsers.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { canonical, Device, sha256 } from '../docs/lib/device.mjs';
import { Browser } from './lib/chromium.mjs';
import { Desk } from './lib/desk.mjs';
import { kProject, Product } from './lib/product.mjs';

const product = await Product.start({ people: true });
after(() => product.remove());
const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
const temporary = () => {
  folders.push(mkdtempSync(join(tmpdir(), 'countersign-told-')));
  return folders.at(-1);
};

// Somebody at a desk in a browser of their own, or in one whose profile is kept. signedIn: they have been there before.
const seat = async (name, role = 'reviewer', { account = true, profile, signedIn = false } = {}) => {
  if (account) product.person(name, role);
  const browser = await Browser.launch(profile === undefined ? {} : { profile });
  const desk = await Desk.at(browser, product);
  if (!signedIn) await desk.signIn(name);
  return { browser, desk };
};

// One test: whatever happens, its browsers end, and a failure says what stood on the screens.
const inSeats = (title, body) =>
  test(title, async () => {
    const seats = [];
    const sit = async (...args) => {
      seats.push(await seat(...args));
      return seats.at(-1);
    };
    try {
      await body(sit);
    } catch (error) {
      for (const { desk } of seats) await desk.explain(error).catch(() => {});
      throw error;
    } finally {
      for (const { browser } of seats) await browser.close();
    }
  });

const reviewsOf = (item) => product.export(kProject, '--status', 'resolved,escalated,open').find((record) => record.item.id === item).reviews;

inSeats('a decision is on this device while the server is away, and saved when it is back', async (sit) => {
  const { desk } = await sit('mira');
  await desk.go('c', 'Quick check');
  await product.end('SIGKILL');
  const item = await desk.quick('a');
  await desk.has('link', '1 on this device');
  await desk.go('d', 'Done');
  await desk.says(/^On this device$/);
  await desk.says(/^On this device: Written to this device's disk\. The server does not have it yet\.$/);
  await product.run();
  await desk.isSaved();
  await desk.says(/^Saved: Written to the server's disk\./);
  assert.deepEqual(reviewsOf(item).map((review) => review.reviewer), ['mira']);
});

inSeats('who is at an item is shown to others, in the queue and on the item, until they leave it', async (sit) => {
  const ines = await sit('ines');
  const ben = await sit('ben');
  await ines.desk.activate('tab', 'Full review');
  await ines.desk.press('Enter');
  const item = await ines.desk.item('Full review');
  await ben.desk.activate('tab', 'Full review');
  await ben.desk.says(/^ines is at it$/);
  await ben.desk.press('Enter');
  assert.equal(await ben.desk.item('Full review'), item);
  await ben.desk.says(/^ines is at this item until /);
  await ines.desk.press('Escape');
  await ben.desk.page.locator('#mirror').getByText(/^ines is at this item/).first().waitFor({ state: 'detached' });
});

inSeats('unsent decisions go into a file, and another browser brings them in, once', async (sit) => {
  const here = await sit('otto');
  const there = await sit('otto', 'reviewer', { account: false });
  await here.desk.go('c', 'Quick check');
  await there.desk.go('s', 'Sync');
  await product.end('SIGKILL');
  const decided = [await here.desk.quick('a'), await here.desk.quick('x')];
  await here.desk.go('s', 'Sync');
  const coming = here.desk.page.waitForEvent('download');
  await here.desk.press('e');
  const file = join(temporary(), 'outbox.jsonl');
  await (await coming).saveAs(file);
  assert.equal(readFileSync(file, 'utf8').split('\n').filter((line) => line.startsWith('{"end"')).length, 1);
  await product.run();
  await there.desk.page.evaluate(() => dispatchEvent(new Event('online')));
  await there.desk.find('button', 'Import a file of decisions', { disabled: false }).first().waitFor({ state: 'attached' });
  const choosing = there.desk.page.waitForEvent('filechooser');
  await there.desk.press('i');
  await (await choosing).setFiles(file);
  await there.desk.says(/^2 decisions taken$/);
  await here.desk.isSaved();
  for (const item of decided) assert.deepEqual(reviewsOf(item).map((review) => review.reviewer), ['otto'], item);
});

inSeats('a review that comes back is first in the queue and opens with what was said before', async (sit) => {
  const { desk } = await sit('pia');
  await desk.activate('tab', 'Full review');
  await desk.press('Enter');
  const item = await desk.item('Full review');
  await product.end('SIGKILL');
  await desk.press('a');
  await desk.answer('Is anybody in danger right now?', 'No');
  await desk.answer('Can a crew find the place from the message?', 'Yes');
  await desk.answer('How many different matters does the message name?', 'One');
  await desk.answer('Does the text name a private person besides the writer?', 'No');
  await desk.choose('checkbox', 'The wording is clear');
  await desk.press('r');
  await desk.type('Read twice.');
  await desk.press('Control+Enter');
  await desk.says(`${item} decided`);
  // Meanwhile the model says something else.
  const [record] = product.export(kProject, '--status', 'open').filter((each) => each.item.id === item);
  const { input, metadata } = record.item;
  const label = record.prediction.label === 'noise' ? 'pothole' : 'noise';
  product.import(kProject, [{ id: item, input, metadata, prediction: { model: 'other-1', label, confidence: 0.6, scores: { [label]: 0.6, gas_smell: 0.3 } } }]);
  await product.run();
  await desk.page.evaluate(() => dispatchEvent(new Event('online')));
  await desk.go('q', 'Queue');
  await desk.says(/^Given back to you$/);
  await desk.press('Home', 'Enter');
  assert.equal(await desk.item('Full review'), item);
  await desk.says(/Your answers are filled in; submitting replaces the earlier decision\.$/);
  assert.equal(await desk.valueOf('textbox', 'Rationale'), 'Read twice.');
  assert.ok(await desk.find('checkbox', 'The wording is clear').isChecked());
  await desk.press('a');
  await desk.press('Control+Enter');
  await desk.says(`${item} decided`);
  await desk.isSaved();
  assert.equal(product.export(kProject, '--status', 'resolved').find((each) => each.item.id === item).decision.label, label);
});

inSeats('a lead admits a decision that waits, with a reason, and it counts', async (sit) => {
  product.person('carol');
  const carol = await product.client('carol');
  const item = 'msg-waits';
  const prediction = { model: 'other-1', label: 'noise', confidence: 0.6, scores: { noise: 0.6 } };
  product.import(kProject, [{ id: item, input: { text: 'The bench at the pond is broken again.' }, metadata: { channel: 'web', district: 'Eastgate', attachments: 0 }, prediction }]);
  const page = `/projects/${kProject}`;
  const device = new Device('carol', kProject);
  assert.equal((await carol('POST', `${page}/hello`, device.hello())).status, 200);
  const { policy } = JSON.parse((await carol('GET', page)).text);
  device.decide('submit_review', item, { active_ms: 900, policy, prediction: sha256(canonical(prediction)), verdict: 'accept' });
  const unsigned = device.push().replace(/"signature":"[0-9a-f]{128}"/, `"signature":"${'ab'.repeat(64)}"`);
  const sent = await carol('POST', `${page}/operations`, unsigned, 'application/jsonl');
  assert.equal(sent.status, 200, sent.text);

  const { desk } = await sit('lea', 'lead');
  await desk.go('t', 'To settle');
  await desk.says(/^it is not signed by the device that it names$/i);
  await desk.press('a');
  await desk.says(/^A reason is missing$/);
  await desk.press('r');
  await desk.type('She called; it is hers.');
  await desk.press('Escape', 'a');
  await desk.says(`${item} admitted`);
  await desk.has('heading', 'Nothing waits to be settled');
  assert.deepEqual(reviewsOf(item).map((review) => review.reviewer), ['carol']);
});

inSeats('a browser whose storage was put back says so over every screen, until that is read and dismissed', async (sit) => {
  const profile = temporary();
  const earlier = temporary();
  const first = await sit('rosa', 'reviewer', { profile });
  await first.desk.go('c', 'Quick check');
  await first.desk.quick('a');
  await first.desk.isSaved();
  await first.browser.close(); // in good order: a killed browser may forget who has signed in
  cpSync(profile, earlier, { recursive: true });
  const second = await sit('rosa', 'reviewer', { account: false, profile, signedIn: true });
  await second.desk.go('c', 'Quick check');
  await second.desk.quick('a');
  await second.desk.quick('x');
  await second.desk.isSaved();
  await second.browser.close();

  const { desk } = await sit('rosa', 'reviewer', { account: false, profile: earlier, signedIn: true });
  await desk.find('button', 'Read').first().waitFor({ state: 'attached' });
  await desk.activate('button', 'Read');
  await desk.has('heading', 'Sync');
  await desk.says(/^2 decisions of yours are on the server/);
  await desk.press('d');
  await desk.says(/^Dismissed: /);
  await desk.go('q', 'Queue');
  assert.equal(await desk.find('button', 'Read').count(), 0);
  // And goes on, under a stream of its own.
  await desk.go('c', 'Quick check');
  const item = await desk.quick('a');
  await desk.isSaved();
  assert.deepEqual(reviewsOf(item).map((review) => review.reviewer), ['rosa']);
});
