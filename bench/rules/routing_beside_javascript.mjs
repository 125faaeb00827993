// A million predictions through a policy of twenty rules: this program's, and the same rules in JavaScript, by an
// evaluator of CEL (the faster of the two of beside_javascript.mjs) and written by hand as functions.
//   npm ci --prefix bench/rules && node bench/rules/routing_beside_javascript.mjs ROUTING_BENCH [ITEMS]
// All see the same documents, parsed beforehand, and must send the same number of items along each route. JavaScript sets
// only confidence and margin anew for each item; countersign binds all of the item and makes the whole route taken.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [program, itemsText = '1000000'] = process.argv.slice(2);
if (!program || program === '--help') {
  console.log('usage: node bench/rules/routing_beside_javascript.mjs ROUTING_BENCH [ITEMS]');
  process.exit(program ? 0 : 2);
}
const { Environment } = await import('@marcbachmann/cel-js');
const items = Number(itemsText);
const file = new URL('policy.json', import.meta.url).pathname;
const policy = JSON.parse(readFileSync(file, 'utf8'));
const run = (...args) => execFileSync(program, [file, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
const data = JSON.parse(run('--data'));

// What conditions see; confidence and margin are set for each item, as routing does.
const seen = data.map(({ document, prediction }) => ({
  item: { id: 'x', text: document.input.text, input: document.input, metadata: { ...document.metadata, attachments: BigInt(document.metadata.attachments) } },
  prediction: { ...prediction, confidence: 0, margin: 0 },
  second: Math.max(0, ...Object.entries(prediction.scores).filter(([label]) => label !== prediction.label).map(([, score]) => Math.round(score * 1e6))),
}));

const byHand = [
  ({ text }) => text.includes('gas') && !text.includes('gas bill'),
  (_, { label }) => label === 'gas_smell' || label === 'flooding',
  (_, { scores }) => 'gas_smell' in scores && scores.gas_smell > 0.2,
  ({ text }) => text.includes('explosion') || text.includes('smoke'),
  ({ text }) => text.includes('injured') || text.includes('hospital'),
  ({ metadata }) => metadata.channel === 'letter',
  ({ metadata }) => metadata.vip === true,
  ({ metadata }, { label }) => metadata.district === 'harbour' && label === 'road',
  ({ metadata }) => metadata.attachments > 3n,
  ({ text }) => [...text].length < 12,
  ({ text }) => [...text].length > 400,
  ({ text }) => text.includes('lawyer') || text.includes('legal'),
  ({ text }) => text.startsWith('Press') || text.includes('newspaper'),
  (_, { confidence }) => confidence < 0.35,
  (_, { margin, confidence }) => margin < 0.05 && confidence < 0.8,
  ({ text }, { label }) => label === 'noise' && text.includes('night'),
  (_, { model, confidence }) => model !== 'topics-7' && confidence < 0.95,
  ({ metadata }, { confidence }) => metadata.channel === 'web' && confidence >= 0.85,
  (_, { confidence }) => confidence >= 0.92,
  () => true,
];

const routeAll = (holds, count) => {
  const counts = policy.routes.map(() => 0);
  const begin = process.hrtime.bigint();
  for (let n = 0; n < count; ++n) {
    const one = seen[n % seen.length];
    const ppm = 150000 + ((n * 7919) % 850000);
    one.prediction.confidence = ppm / 1e6;
    one.prediction.margin = Math.max(0, ppm - one.second) / 1e6;
    let at = 0;
    while (!holds[at](one)) ++at;
    ++counts[at];
  }
  return { seconds: Number(process.hrtime.bigint() - begin) / 1e9, counts };
};

const environment = new Environment({ unlistedVariablesAreDyn: true });
const rules = policy.routes.map(({ when }) => environment.parse(when)).map((rule) => (one) => rule(one) === true);
const hands = byHand.map((holds) => (one) => holds(one.item, one.prediction));
const nativeRun = run(String(items));
const [first, ...lines] = nativeRun.trim().split('\n');
const native = Object.fromEntries(lines.map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]));
const nativeRate = Number(first.match(/([\d.]+) items\/s/)[1]);
routeAll(rules, 20000);
const cel = routeAll(rules, items);
routeAll(hands, 20000);
const hand = routeAll(hands, items);
console.log(`countersign            ${first}`);
const say = (name, { seconds }) => console.log(`${name.padEnd(22)} ${items} items, 20 rules: ${seconds.toFixed(2)} s, ${Math.round(items / seconds)} items/s; countersign is ${(nativeRate / (items / seconds)).toFixed(1)} x as fast`);
say('@marcbachmann/cel-js', cel);
say('functions by hand', hand);
const differ = policy.routes.filter(({ id }, at) => native[id] !== cel.counts[at] || native[id] !== hand.counts[at]);
console.log(differ.length === 0 ? 'all three send the same number of items along each route' : `they differ on ${differ.map(({ id }) => id).join(', ')}`);
process.exit(differ.length);
