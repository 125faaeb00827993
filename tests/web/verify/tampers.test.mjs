// The JavaScript verifier over the table of what somebody could do to a log (tests/cases/verify/tampers.json): it finds
// what the table says, and says the same as the C++ verifier in everything but the wording.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { foundIn, makeCases, verifyBytes } from './lib.mjs';

const { cases, remove } = makeCases();
after(remove);

// Both say where, in an order of their own.
const placesIn = ({ failures }) => failures.map(({ check, leaf = 0, line = 0 }) => `${check} entry ${leaf} line ${line}`).sort();
const factsIn = ({ facts }) => facts.map(({ fact, leaf = 0, line = 0 }) => `${fact} entry ${leaf} line ${line}`);

test('the table is there', () => assert.ok(cases.length > 100));

for (const one of cases) {
  test(one.name, async () => {
    const report = await verifyBytes(one.bytes, one);
    assert.deepEqual(foundIn(report), one.finds);
    assert.equal(report.verified, Object.keys(one.finds).length === 0);
    const theirs = one.report;
    assert.deepEqual(placesIn(report), placesIn(theirs));
    assert.deepEqual(factsIn(report), factsIn(theirs));
    for (const name of ['verified', 'project', 'server', 'made', 'first_at', 'last_at', 'key', 'counts', 'types', 'checks', 'failed']) {
      assert.deepEqual(report[name], theirs[name], name);
    }
  });
}

test('a report does not depend on the pieces in which a bundle comes', async () => {
  for (const one of cases.filter(({ bytes }) => bytes.length < 60000).slice(0, 30)) {
    const whole = await verifyBytes(one.bytes, one);
    for (const piece of [11, 4096]) assert.deepEqual(await verifyBytes(one.bytes, { ...one, piece }), whole, one.name);
  }
});

test('what cannot be hashed whole is said, and everything else is looked at', async () => {
  const [good] = cases;
  const report = await verifyBytes(good.bytes, { hashable: false });
  assert.equal(report.verified, true);
  assert.equal(report.unchecked[0].check, 'file');
  assert.match(report.unchecked[0].sentence, /too large for this browser/);
});
