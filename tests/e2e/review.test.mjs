// The main job from end to end, as the README promises it: ./run, a browser, decisions with keys, offline too, a file out.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Browser } from './lib/chromium.mjs';
import { Desk } from './lib/desk.mjs';
import { Product } from './lib/product.mjs';

const kQuickKeys = ['a', 'a', '1', 'a', 'x', 'a', '9', 'e', 'a', '5'];

// Decides so many cards; item -> what the export must say.
const decideQuick = async (desk, count, decided) => {
  const verdicts = { a: 'accept', x: 'reject', e: 'escalate' };
  for (let i = 0; i < count; ++i) {
    const key = kQuickKeys[i % kQuickKeys.length];
    const item = await desk.quick(key);
    assert.ok(!decided.has(item), `${item} came twice`);
    decided.set(item, { tier: 'quick', verdict: verdicts[key] ?? 'label', key });
  }
};

const reviewFully = async (desk, decided, { leaveOut }) => {
  const item = await desk.item('Full review');
  await desk.press('a');
  await desk.answer('Can a crew find the place from the message?', 'Yes');
  await desk.answer('How many different matters does the message name?', 'One');
  await desk.answer('Does the text name a private person besides the writer?', 'No');
  await desk.choose('checkbox', 'The wording is clear');
  if (leaveOut) {
    await desk.press('Control+Enter');
    await desk.says("Still missing: 'Is anybody in danger right now?' has no answer");
    assert.equal(await desk.item('Full review'), item, 'a review with an answer missing was not refused');
  }
  await desk.answer('Is anybody in danger right now?', 'No');
  await desk.press('r');
  await desk.type('Read twice.');
  await desk.press('Control+Enter');
  await desk.says(`${item} decided`);
  decided.set(item, { tier: 'full', verdict: 'accept', codes: ['clear_wording'], text: 'Read twice.', danger: 'no' });
};

// What left the desk is what was decided there: each once, none besides, with its reasons.
const checkExport = (product, decided) => {
  const records = product.export('city-service', '--status', 'resolved,escalated,open').filter((record) => record.reviews.length > 0);
  assert.deepEqual(records.map((record) => record.item.id).sort(), [...decided.keys()].sort());
  for (const record of records) {
    const wanted = decided.get(record.item.id);
    assert.equal(record.reviews.length, 1, `${record.item.id} was decided twice`);
    const [review] = record.reviews;
    assert.equal(record.route.tier, wanted.tier);
    assert.equal(review.reviewer, 'demo');
    if (wanted.verdict === 'label') assert.ok(['accept', 'correct'].includes(review.verdict), record.item.id);
    else assert.equal(review.verdict, wanted.verdict, record.item.id);
    if (wanted.tier === 'full') {
      assert.deepEqual(review.rationale.codes, wanted.codes);
      assert.equal(review.rationale.text, wanted.text);
      assert.equal(review.checklist.danger, wanted.danger);
    }
  }
};

test('thirty decisions in quick check and three full reviews come out of the export, with their reasons', async () => {
  const product = await Product.start();
  const browser = await Browser.launch();
  const decided = new Map();
  let desk;
  try {
    desk = await Desk.at(browser, product);
    await desk.openDemo();
    await desk.go('c', 'Quick check');
    await decideQuick(desk, 30, decided);

    await desk.go('q', 'Queue');
    await desk.activate('tab', 'Full review');
    await desk.press('Enter');
    for (let i = 0; i < 3; ++i) await reviewFully(desk, decided, { leaveOut: i === 0 });

    await desk.isSaved();
    await desk.decisionsListed(33);
    assert.equal(decided.size, 33);
    checkExport(product, decided);
    await desk.hasNoProblems();
  } catch (error) {
    await desk?.explain(error);
    throw error;
  } finally {
    await browser.close();
    await product.remove();
  }
});

test('with the server stopped and the browser killed nothing is lost, and nothing is there twice', async () => {
  const product = await Product.start();
  let browser = await Browser.launch();
  const decided = new Map();
  let desk;
  try {
    desk = await Desk.at(browser, product);
    await desk.openDemo();
    await desk.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await desk.go('c', 'Quick check');
    await decideQuick(desk, 10, decided);
    await desk.isSaved();

    await product.end('SIGKILL');
    await decideQuick(desk, 20, decided);
    await desk.has('link', '20 on this device');
    await browser.killHard();

    browser = await Browser.launch({ profile: browser.profile });
    desk = await Desk.at(browser, product);
    await desk.decisionsListed(30);
    await desk.has('link', '20 on this device');

    await product.run();
    await desk.isSaved();
    checkExport(product, decided);
    assert.equal(await product.end(), 0, 'Ctrl-C does not stop the server cleanly');
  } catch (error) {
    await desk?.explain(error);
    throw error;
  } finally {
    await browser.close();
    browser.forget();
    await product.remove();
  }
});
