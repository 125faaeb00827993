// `countersign stats`: files in, figures out; what is wrong is named with its file and line.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { shell, workplace } from '../../docs/lib/program.mjs';

const place = workplace();
after(() => place.remove());
const write = (name, lines) => writeFileSync(join(place.folder, name), `${lines.join('\n')}\n`);
const run = (command) => shell(place, `countersign stats ${command}`);

// Forty items of two labels; each reviewer is wrong on every so-many-th of them, and "coin" on half of all.
const items = Array.from({ length: 40 }, (_, i) => ({ id: `m-${i}`, truth: i % 3 === 0 ? 'no' : 'yes' }));
const other = { yes: 'no', no: 'yes' };
const errs = { ada: 13, bo: 17, cy: 11, coin: 2 };
write('answers.csv', ['item,reviewer,label', ...items.flatMap(({ id, truth }, i) => Object.entries(errs).map(([who, each], r) => `${id},${who},${(i + r) % each === 0 ? other[truth] : truth}`))]);
write('truth.csv', ['item,label', ...items.map(({ id, truth }) => `${id},${truth}`)]);

test('consensus: every item has its label, and who guesses is seen', async () => {
  const { said, status } = await run('consensus answers.csv --truth truth.csv --out out.csv');
  assert.equal(status, 0, said);
  assert.match(said, /^40 items, 4 reviewers, 160 answers, 2 labels$/m);
  assert.match(said, /^100\.00 % of 40 items with a known label are right/m);
  const skill = (who) => Number(said.match(new RegExp(`^  ${who} +40 +(0\\.\\d+)`, 'm'))[1]);
  assert.ok(skill('coin') < 0.65 && skill('ada') > 0.8, said);
  const out = readFileSync(join(place.folder, 'out.csv'), 'utf8').trim().split('\n');
  assert.equal(out[0], 'item,label,posterior,state,answers');
  assert.equal(out.length, 41);
  assert.match(out[1], /^m-0,no,0\.\d{6},chosen,4$/);
});

test('consensus: an item is explained by what each answer weighs, and the parts add up', async () => {
  const { said, status } = await run('consensus answers.csv --explain m-1');
  assert.equal(status, 0, said);
  const nats = [...said.matchAll(/(-?\d+\.\d{3})$/gm)].map(([, number]) => Number(number));
  assert.equal(nats.length, 6);
  assert.ok(Math.abs(nats.slice(0, 5).reduce((sum, one) => sum + one) - nats[5]) < 0.01, said);
});

test('consensus: as JSON with every item and reviewer, the same bytes twice', async () => {
  const [first, second] = [await run('consensus answers.csv --json'), await run('consensus answers.csv --json')];
  assert.equal(first.said, second.said);
  const json = JSON.parse(first.said);
  assert.equal(json.items.length, 40);
  assert.equal(json.reviewers.length, 4);
  assert.ok(json.items.every(({ posterior }) => Math.abs(posterior.yes + posterior.no - 1) < 1e-3));
});

test('consensus: a tie is said to be one, and has no label', async () => {
  write('tie.csv', ['item,reviewer,label', 'a,r1,x', 'a,r2,y']);
  const { said } = await run('consensus tie.csv --method majority --json');
  assert.equal(JSON.parse(said).items[0].state, 'tied');
  assert.equal(JSON.parse(said).items[0].label, undefined);
});

test('agreement: coefficients stand beside each other, with intervals that a seed repeats', async () => {
  const { said, status } = await run('agreement answers.csv --seed 7 --json');
  assert.equal(status, 0, said);
  const json = JSON.parse(said);
  const alpha = json.alpha.find(({ distance }) => distance === 'nominal');
  assert.ok(alpha.value > 0.2 && alpha.value < 0.8, said);
  assert.ok(alpha.bootstrap.percentile.low < alpha.value && alpha.value < alpha.bootstrap.percentile.high);
  assert.equal((await run('agreement answers.csv --seed 7 --json')).said, said);
  assert.notEqual((await run('agreement answers.csv --seed 8 --json')).said, said);
});

test('agreement: what is undefined says why', async () => {
  write('same.csv', ['item,reviewer,label', 'a,r1,x', 'a,r2,x', 'b,r1,x', 'b,r2,x']);
  const { said, status } = await run('agreement same.csv');
  assert.equal(status, 0, said);
  assert.match(said, /^Krippendorff's alpha, nominal +undefined/m);
});

// A model that is surer than it should be: of confidence c, c squared are right.
const predictions = Array.from({ length: 4000 }, (_, i) => {
  const confidence = 0.5 + ((i * 7919) % 500) / 1000;
  const right = ((i * 104729) % 1000) / 1000 < confidence * confidence;
  return `p-${i},${'x'},${right ? 'x' : 'y'},${confidence.toFixed(3)},${i % 2 ? 'letter' : 'mail'}`;
});
write('predictions.csv', ['item,predicted_label,true_label,confidence,slice_channel', ...predictions]);

test('calibrate: a map is chosen that makes an overconfident model true, and written', async () => {
  const { said, status } = await run('calibrate predictions.csv --out map.json --json');
  assert.equal(status, 0, said);
  const json = JSON.parse(said.slice(said.indexOf('{')));
  assert.notEqual(json.chosen.method, 'identity');
  const chosen = json.candidates.find(({ map }) => map.method === json.chosen.method);
  assert.ok(chosen.held_out.ks < json.stated.ks / 3, said);
  assert.deepEqual(JSON.parse(readFileSync(join(place.folder, 'map.json'), 'utf8')), json.chosen);
  const text = await run('calibrate predictions.csv');
  assert.match(text.said, /^4,000 reviewed predictions, \d+\.\d\d % right; the model states \d+\.\d\d % on average$/m);
  assert.match(text.said, / #+.*\|/);
});

test('certify: opens from a threshold on, by the map too; each slice alone', async () => {
  const { said, status } = await run('certify predictions.csv --risk 30% --model m-1');
  assert.equal(status, 0, said);
  assert.match(said, /^state: open$/m);
  assert.match(said, /^model: m-1$/m);
  const threshold = Number(said.match(/^threshold: (\d\.\d+)$/m)[1]);
  assert.ok(threshold > 0.6 && threshold < 0.9, said);
  const mapped = await run('certify predictions.csv --risk 0.3 --map map.json');
  assert.match(mapped.said, /^calibrator: map\.json$/m);
  const slices = JSON.parse((await run('certify predictions.csv --risk 30% --slice channel --json')).said);
  assert.deepEqual(slices.slice(0, 2).map(({ scope }) => scope), ['channel = letter', 'channel = mail']);
});

test('certify: where evidence is too thin the tier stays closed, with a plan and exit status 4', async () => {
  const { said, status } = await run('certify predictions.csv --risk 0.1%');
  assert.equal(status, 4, said);
  assert.match(said, /^state: closed$/m);
  assert.match(said, /^reviews_if_no_more_errors: \d+$/m);
});

test('certify: options that mean nothing without each other are not passed over', async () => {
  for (const [given, wanted] of [['--missed 3', '--missed requires --planted'], ['--from 2026-01-31T00:00:00Z', '--from requires --to'], ['--to 2026-01-31T00:00:00Z', '--to requires --from']]) {
    const { said, status } = await run(`certify predictions.csv --risk 30% ${given}`);
    assert.equal(said.split('\n')[0], wanted);
    assert.equal(status, 2);
  }
});

// Approved items whose error rate jumps from 0.4 % to 12 % at item 2000; one in five is audited, or by risk.
function chance(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
function approvals({ seed, propensity, count = 4000 }) {
  const next = chance(seed);
  return Array.from({ length: count }, (_, i) => {
    const confidence = 0.9 + next() / 10;
    const pi = propensity(confidence);
    const audited = next() < pi;
    const wrong = next() < (i < 2000 ? 0.004 : 0.12);
    return { item: `m-${i}`, pi, audited, wrong: audited && wrong, confidence, channel: i % 2 ? 'letter' : 'mail' };
  });
}
const auditLine = ({ item, pi, audited, wrong, confidence, channel }) => `${item},${pi},${audited},x,${audited ? (wrong ? 'y' : 'x') : ''},${confidence.toFixed(4)},${channel}`;
const writeAudit = (name, list) => write(name, ['item,propensity,audited,predicted_label,true_label,confidence,slice_channel', ...list.map(auditLine)]);

// ln of the beta mixture's e-value for Beta(1, 30) cut off below the limit, by Simpson's rule: no closed form is shared.
function logMixture(wrong, right, limit) {
  const integral = (f) => {
    const steps = 20000;
    const h = (1 - limit) / steps;
    return Array.from({ length: steps + 1 }, (_, i) => (i === 0 || i === steps ? 1 : i % 2 ? 4 : 2) * f(limit + i * h)).reduce((a, b) => a + b) * h / 3;
  };
  const ratio = (p) => (p >= 1 ? 0 : Math.exp(29 * Math.log1p(-p) + wrong * Math.log(p / limit) + right * Math.log((1 - p) / (1 - limit))));
  return Math.log(integral(ratio) / integral((p) => (1 - p) ** 29));
}

// Letters err four times as often and are seldom reviewed: the weights keep the threshold up.
const byRisk = () => {
  const next = chance(17);
  return Array.from({ length: 20000 }, (_, i) => {
    const letter = i % 4 === 0;
    const confidence = next();
    const wrong = next() < (1 - confidence) / (letter ? 2 : 8);
    return { line: `w-${i},x,${wrong ? 'y' : 'x'},${confidence.toFixed(4)},${letter ? 0.1 : 0.5}`, drawn: next() < (letter ? 0.1 : 0.5) };
  }).filter(({ drawn }) => drawn).map(({ line }) => line);
};

test('certify: reviews that were drawn by risk are weighed, once the least propensity is declared', async () => {
  const lines = byRisk();
  write('by-risk.csv', ['item,predicted_label,true_label,confidence,propensity', ...lines]);
  const undeclared = await run('certify by-risk.csv --risk 8%');
  assert.equal(undeclared.said, 'countersign: by-risk.csv: its reviews have different propensities; say with --least-propensity which is the least that the rule gives to any item\n');
  const { said, status } = await run('certify by-risk.csv --risk 8% --least-propensity 0.1 --json --seed 3');
  assert.equal(status, 0, said);
  const json = JSON.parse(said);
  assert.equal(json.reviewed, lines.length);
  assert.ok(json.effective_reviews < json.reviewed && json.found_risk <= 0.08, said);
  // 7 (1 - t)/64 of what scores at least t is wrong.
  assert.ok(7 * (1 - json.threshold) / 64 <= 0.08, said);
  write('alike.csv', ['item,predicted_label,true_label,confidence', ...lines.map((line) => line.slice(0, line.lastIndexOf(',')))]);
  const alike = JSON.parse((await run('certify alike.csv --risk 8% --json')).said)[0];
  assert.ok(7 * (1 - alike.threshold) / 64 > 0.08, JSON.stringify(alike));
  const text = await run('certify by-risk.csv --risk 8% --least-propensity 10%');
  assert.match(text.said, /^propensities: recorded, at least 0\.1; bets in the order of seed 1$/m);
  const wrong = await run('certify by-risk.csv --risk 8% --least-propensity 0.2');
  assert.equal(wrong.said, 'countersign: --least-propensity: a propensity of 0.1 lies below the least that was declared, 0.2\n');
  assert.equal((await run('certify by-risk.csv --risk 8% --seed 3')).said.split('\n')[0], '--seed requires --least-propensity');
});

test('audit: estimates weigh each audit by its propensity, and strata give the interval to show', async () => {
  const list = approvals({ seed: 5, propensity: (c) => (c > 0.95 ? 0.1 : 0.4) });
  writeAudit('audit.csv', list);
  const { said, status } = await run('audit audit.csv --json --slice channel');
  assert.equal(status, 0, said);
  const json = JSON.parse(said);
  const audits = list.filter(({ audited }) => audited);
  const weighted = audits.filter(({ wrong }) => wrong).reduce((sum, { pi }) => sum + 1 / pi, 0);
  const rate = (name) => json.estimates.find(({ estimator }) => estimator === name).rate;
  assert.ok(Math.abs(rate('horvitz_thompson') - weighted / 4000) < 1e-12);
  assert.ok(Math.abs(rate('hajek') - weighted / audits.reduce((sum, { pi }) => sum + 1 / pi, 0)) < 1e-12);
  assert.ok(Math.abs(rate('ppi_plus') - 0.062) < 0.03, said);
  assert.deepEqual([json.items, json.audited], [4000, audits.length]);
  assert.equal(json.interval.by, 'strata');
  assert.deepEqual(json.strata.map(({ stratum }) => stratum), ['propensity 0.1', 'propensity 0.4']);
  assert.ok(json.interval.lower < 0.062 && 0.062 < json.interval.upper, said);
  assert.deepEqual(json.slices.map(({ slice, items }) => [slice, items]), [['channel = letter', 2000], ['channel = mail', 2000]]);
  const text = await run('audit audit.csv');
  assert.match(text.said, /^\* strata \(2\), smoothed +\d\.\d\d % +\d\.\d\d % to \d\.\d\d %$/m);
});

test('audit: propensities of every kind have an interval by betting, and a seed repeats it', async () => {
  writeAudit('each.csv', approvals({ seed: 5, propensity: (c) => Number((0.2 + 3 * (1 - c)).toFixed(4)) }));
  const [first, second, other] = [await run('audit each.csv --json --seed 7'), await run('audit each.csv --json --seed 7'), await run('audit each.csv --json --seed 8')];
  assert.equal(first.said, second.said);
  assert.notEqual(first.said, other.said);
  const { interval } = JSON.parse(first.said);
  assert.equal(interval.by, 'betting');
  assert.ok(interval.lower < 0.062 && 0.062 < interval.upper, first.said);
});

test('audit: the alarm names where it went off and the last good point, with exit status 4', async () => {
  const list = approvals({ seed: 11, propensity: () => 0.2 });
  writeAudit('jump.csv', list);
  const { said, status } = await run('audit jump.csv --limit 2% --json');
  assert.equal(status, 4, said);
  const { alarm } = JSON.parse(said);
  assert.equal(alarm.method, 'beta_mixture');
  const at = Number(alarm.at.item.slice(2));
  const good = Number(alarm.last_good.item.slice(2));
  assert.ok(at > 2000, said);
  assert.ok(good > 1900 && good < at && good < 2150, said);
  // After a good while the detector of changes is the quicker one.
  const warned = Number(alarm.change_warned.item.slice(2));
  assert.ok(warned > 2000 && warned < at && warned < 2500, said);
  assert.equal(alarm.approved_since, 4000 - good - 1);
  assert.equal(alarm.at.line, at + 2);
  // By another way of computing: below the goal before that audit, at it with it, and the value at the end.
  const upTo = (row) => list.slice(0, row).filter(({ audited }) => audited);
  const logE = (row) => logMixture(upTo(row).filter(({ wrong }) => wrong).length, upTo(row).filter(({ wrong }) => !wrong).length, 0.02);
  assert.ok(logE(at + 1) >= Math.log(20) && logE(at) < Math.log(20), said);
  assert.ok(Math.abs(logE(4000) - alarm.log_e) < 1e-6, said);
  assert.equal(alarm.at.audits, upTo(at + 1).length);
  const text = await run('audit jump.csv --limit 2%');
  assert.match(text.said, /^alarm: "at most 0\.02 is wrong" is refuted, at item 'm-\d+' \(line \d+, audit \d+\)$/m);
  assert.match(text.said, /^last good point: item 'm-\d+' \(line \d+, audit \d+\); [12],\d{3} items were approved since$/m);
  assert.match(text.said, /^warning: it became worse, seen at item 'm-2\d+'/m);
  const before = approvals({ seed: 11, propensity: () => 0.2, count: 2000 });
  writeAudit('good.csv', before);
  const good2 = await run('audit good.csv --limit 2% --alpha 0.01');
  assert.equal(good2.status, 0, good2.said);
  assert.match(good2.said, /^no alarm: "at most 0\.02 is wrong" is not refuted$/m);
});

test('audit: audits that were drawn by risk alarm by their weights, not by their number', async () => {
  // Half of the risky fifth are audited: their many errors say little about all items, of which one in a hundred is wrong.
  const next = chance(3);
  const list = Array.from({ length: 5000 }, (_, i) => {
    const risky = i % 5 === 0;
    const pi = risky ? 0.5 : 0.05;
    const audited = next() < pi;
    return { item: `m-${i}`, pi, audited, wrong: next() < (risky ? 0.05 : 0) && audited, confidence: risky ? 0.9 : 0.99, channel: 'mail' };
  });
  writeAudit('risk.csv', list);
  const { said, status } = await run('audit risk.csv --limit 2% --json');
  assert.equal(status, 0, said);
  assert.equal(JSON.parse(said).alarm.method, 'weighted');
  const unweighted = list.map((one) => ({ ...one, pi: 0.2 }));
  writeAudit('unweighted.csv', unweighted);
  assert.equal((await run('audit unweighted.csv --limit 2%')).status, 4);
});

// Two hundred items that a model knows well; every twentieth has another label than it had.
const relabelled = Array.from({ length: 200 }, (_, i) => {
  const truth = i % 2 ? 'cat' : 'dog';
  const sure = 0.8 + (i % 10) / 100;
  const given = i % 20 === 9 ? (truth === 'cat' ? 'dog' : 'cat') : truth;
  return { item: `r-${i}`, given, cat: truth === 'cat' ? sure : 1 - sure, changed: given !== truth };
});
write('given.csv', ['item,label,p_cat,p_dog', ...relabelled.map(({ item, given, cat }) => `${item},${given},${cat.toFixed(4)},${(1 - cat).toFixed(4)}`)]);

test('label-errors: labels that were changed are named, most suspicious first', async () => {
  const { said, status } = await run('label-errors given.csv --json --out suspects.csv');
  assert.equal(status, 0, said);
  const json = JSON.parse(said.slice(said.indexOf('{')));
  const changed = relabelled.filter((one) => one.changed).map(({ item }) => item);
  assert.deepEqual(json.suspects.map(({ item }) => item).sort(), changed.sort());
  assert.equal(json.estimated_wrong, changed.length);
  assert.deepEqual(json.pairs, [{ given: 'dog', rather: 'cat', items: changed.length }]);
  assert.equal(readFileSync(join(place.folder, 'suspects.csv'), 'utf8').split('\n').length, changed.length + 2);
  const text = await run('label-errors given.csv --top 3');
  assert.match(text.said, /^200 items, 2 labels; about 10 given labels are wrong \(5\.00 %\)$/m);
  assert.match(text.said, /^to look at, most suspicious first: 3 of 10$/m);
});

test('what is wrong is named: the file, the line, the column, the option', async () => {
  write('broken.csv', ['item,reviewer,label', 'a,r1,x', 'b,r1']);
  const said = async (command, expected) => {
    const done = await run(command);
    assert.equal(done.said, `countersign: ${expected}\n`);
    assert.equal(done.status, 2);
  };
  await said('consensus broken.csv', 'broken.csv: line 3: has 2 fields, the header 3');
  await said('consensus none.csv', 'none.csv: cannot be read: No such file or directory');
  await said('agreement answers.csv --scale ratio', "--scale: needs labels that are numbers; 'no' is none");
  await said('consensus answers.csv --labels yes,nein', "answers.csv: line 3, column 'label': there is no label 'no'; known are yes and nein");
  await said('consensus answers.csv --explain m-100', "--explain: there is no item 'm-100'; did you mean 'm-10'?");
  await said('certify predictions.csv --risk much', "--risk: must be a share like 0.02 or 2%, but is 'much'");
  await said('certify predictions.csv --risk 1% --slice chanel', "--slice: there is no column 'slice_chanel'; did you mean 'channel'?");
  await said('label-errors answers.csv', 'answers.csv: line 2: there are no columns p_<label>; it takes one for each label');
  write('audit-twice.csv', ['item,propensity,audited,predicted_label,true_label', 'a,0.5,true,x,x', 'a,0.5,true,x,x']);
  await said('audit audit-twice.csv', "audit-twice.csv: line 3: item 'a' stands in line 2 already; an item is approved once");
  await said('audit audit.csv --limit 100%', '--limit: must lie between 0 and 1, both excluded, not 1');
  await said('calibrate answers.csv', "answers.csv: line 2: there is no column 'predicted_label'; there are 'item', 'reviewer', 'label'");
});

// Two reviewers with known times, one of which takes twice as long; some reviews are not finished.
const turns = Array.from({ length: 60 }, (_, i) => [`t-${i}`, i % 2 ? 'slow' : 'quick', (i % 2 ? 2 : 1) * (60 + 10 * (i % 6 - i % 2)), i % 10 === 9 ? 'no' : 'yes']);
write('turns.csv', ['item,reviewer,seconds,finished', ...turns.map((turn) => turn.join(','))]);

test('turnaround: median and ninetieth with intervals, and who takes how many times as long', async () => {
  const { said, status } = await run('turnaround turns.csv');
  assert.equal(status, 0, said);
  assert.match(said, /^60 reviews of 60 items by 2 reviewers, 6 not finished$/m);
  assert.match(said, /^median \d+\.\d \w+ \(.* to .*\), 90 % within /m);
  const json = JSON.parse((await run('turnaround turns.csv --json')).said);
  assert.equal(json.unfinished, 6);
  assert.ok(json.median.low <= json.median.seconds && json.median.seconds <= json.p90.seconds);
  assert.ok(json.curve.every((step, i) => i === 0 || step.open < json.curve[i - 1].open));
  const [quick, slow] = json.reviewers;
  assert.equal(quick.reviewer, 'quick');
  const ratio = slow.times_as_long / quick.times_as_long;
  assert.ok(ratio > 1.6 && ratio < 2.4, String(ratio));
});

test('turnaround: a calendar counts working time only, and a time as of which sees what was open then', async () => {
  write('times.csv', ['item,reviewer,started,finished', 'a,ada,2026-11-27T16:30:00+01:00,2026-11-30T09:30:00+01:00', 'b,ada,2026-11-27T10:00:00+01:00,2026-11-27T11:00:00+01:00', 'c,ada,2026-11-30T09:00:00+01:00,']);
  write('hours.json', [JSON.stringify({ zone: 'Europe/Berlin', hours: Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, ['09:00-17:00']])) })]);
  const worked = JSON.parse((await run('turnaround times.csv --calendar hours.json --json')).said);
  assert.deepEqual(worked.curve.map(({ seconds }) => seconds), [3600]);
  assert.equal(worked.curve[0].finished, 2);
  const before = JSON.parse((await run('turnaround times.csv --calendar hours.json --as-of 2026-11-28T00:00:00Z --json')).said);
  assert.equal(before.left_out, 1);
  assert.equal(before.unfinished, 1);
  assert.equal(before.curve[0].at_risk, 1);
});

test('turnaround: what is wrong is named with its place', async () => {
  write('bad-turns.csv', ['item,reviewer,seconds', 'a,ada,0']);
  assert.match((await run('turnaround bad-turns.csv')).said, /bad-turns\.csv: line 2, column 'seconds': must be above 0/);
  write('bad-hours.json', ['{"zone":"Europe/Berln","hours":{"monday":["09:00-17:00"]}}']);
  assert.match((await run('turnaround times.csv --calendar bad-hours.json')).said, /bad-hours\.json.*zone: .*did you mean 'Europe\/Berlin'\?/);
  const { said, status } = await run('turnaround turns.csv --calendar hours.json');
  assert.match(said, /--calendar: needs a file with 'started' and 'finished' as times/);
  assert.equal(status, 2);
  assert.match((await run('turnaround times.csv --as-of 2020-01-01T00:00:00Z')).said, /--as-of: is before every review of the file/);
});

// What two hundred items came to. "eager" accepts every prediction that is shown to him and knows better where it is
// hidden; "sober" says what is true; "lead" vouches for the truth.
const review = (reviewer, predicted, label, rest = {}) => ({ reviewer, verdict: label === predicted ? 'accept' : 'correct', ...(label === predicted ? {} : { label }), rationale: { codes: rest.codes ?? [], text: rest.text ?? '', evidence: rest.evidence ?? [] }, standing: 'effective', ...(rest.hidden ? { prediction_shown: false } : {}) });
const exported = Array.from({ length: 200 }, (_, i) => {
  const [truth, predicted, hidden] = [i % 3 ? 'yes' : 'no', i % 4 === 0 ? (i % 3 ? 'no' : 'yes') : i % 3 ? 'yes' : 'no', i % 5 === 0 || i % 8 === 4];
  return { item: { id: `x-${i}` }, prediction: { label: predicted }, route: { tier: 'full' }, decision: { status: 'resolved', label: truth },
    reviews: [review('eager', predicted, hidden ? truth : predicted, { hidden, text: 'As the model says.', codes: ['clear'] }), review('sober', predicted, truth, { hidden, text: `Because of line ${i}.`, codes: [i % 2 ? 'clear' : 'vague'], evidence: [{ field: 'input.text', begin: 0, end: 3 }] }), review('lead', predicted, truth)] };
});
write('export.jsonl', exported.map((record) => JSON.stringify(record)));

test('rationale: who gives reasons, words and evidence, and whose words are always the same', async () => {
  const { said, status } = await run('rationale export.jsonl');
  assert.equal(status, 0, said);
  const json = JSON.parse((await run('rationale export.jsonl --json')).said);
  assert.equal(json.all.decisions, 600);
  const of = Object.fromEntries(json.reviewers.map((one) => [one.reviewer, one]));
  assert.deepEqual([of.eager.repeated_texts, of.eager.with_evidence, of.lead.with_codes], [199, 0, 0]);
  assert.deepEqual([of.sober.repeated_texts, of.sober.with_evidence], [0, 200]);
  assert.ok(Math.abs(of.sober.effective_codes - 2) < 1e-9 && of.eager.effective_codes === 1);
  assert.match(said, /^ {2}eager +200 +100 % .* 99|100 % /m);
  assert.match(said, /^ {2}vague +100 +17 %/m);
});

test('bias: who follows the model into its errors is found by the predictions that were hidden', async () => {
  const { said, status } = await run('bias export.jsonl');
  assert.equal(status, 0, said);
  assert.match(said, /^eager: follows the model into its errors; of \d+ wrong predictions that were shown \d+ were accepted, of \d+ hidden 0 were said all the same/m);
  assert.doesNotMatch(said, /^sober: follows/m);
  const json = JSON.parse((await run('bias export.jsonl --json')).said);
  const eager = json.reviewers.find(({ reviewer }) => reviewer === 'eager');
  const wrong = exported.filter(({ prediction, decision }) => prediction.label !== decision.label);
  const shown = wrong.filter(({ reviews }) => reviews[0].prediction_shown !== false);
  assert.deepEqual(eager.on_wrong.shown, { accepted: shown.length, all: shown.length });
  assert.equal(eager.on_wrong.hidden.all, wrong.length - shown.length);
});

test('bias: a decision for which nobody else vouches counts for nothing', async () => {
  write('alone.jsonl', exported.slice(0, 20).map((record) => JSON.stringify({ ...record, reviews: record.reviews.slice(1, 2) })));
  const { said } = await run('bias alone.jsonl');
  assert.match(said, /^all: cannot tell yet; wrong predictions: 0 shown, 0 hidden; without both nothing can be said$/m);
  assert.match(said, /^not counted: 20 decisions on items for which nobody else vouches$/m);
});

test('rationale and bias: what is no export is named with its line', async () => {
  assert.equal((await run('bias answers.csv')).said.includes('answers.csv: line 1, column 1'), true);
  write('half.jsonl', [JSON.stringify(exported[0]), '{"item":{"id":"a"}}']);
  assert.match((await run('rationale half.jsonl')).said, /half\.jsonl: line 2: item, prediction, decision or reviews is missing: is this a line of 'countersign export'\?/);
  write('nothing.jsonl', ['']);
  assert.match((await run('rationale nothing.jsonl')).said, /nothing\.jsonl: has no record/);
});
