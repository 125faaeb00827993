// Ten routing rules by three evaluators of CEL in one run: this program's, natively, and two in JavaScript.
//   npm ci --prefix bench/rules && node bench/rules/beside_javascript.mjs CEL_BENCH [TURNS]
// CEL_BENCH is the built bench/cel_bench, which also gives rules and items (`--data`). Each turn measures each evaluator
// once, in another order; a rule's figure is the best of all turns. All have the rules compiled and the values bound
// beforehand, and must agree on how many of the items each rule holds for.
import { execFileSync } from 'node:child_process';

const [program, turnsText = '5'] = process.argv.slice(2);
if (!program || program === '--help') {
  console.log('usage: node bench/rules/beside_javascript.mjs CEL_BENCH [TURNS]');
  process.exit(program ? 0 : 2);
}
// After the arguments: whoever only asks how to call it need not have them installed.
const { celEnv, parse, plan } = await import('@bufbuild/cel');
const { strings } = await import('@bufbuild/cel/ext');
const { timestampFromDate } = await import('@bufbuild/protobuf/wkt');
const { Environment } = await import('@marcbachmann/cel-js');
const turns = Number(turnsText);
const rounds = 20; // of a series, as in cel_bench
const seriesOfTurn = 100;
const data = JSON.parse(execFileSync(program, ['--data'], { encoding: 'utf8', maxBuffer: 1 << 26 }));

// Whole numbers are bigint to both, and the time of creation is a timestamp.
const bound = (time) => data.items.map(({ item, prediction, history }) => ({
  item: { ...item, created: time(new Date(item.created)) },
  prediction,
  history: history.map((one) => ({ ...one, minutes: BigInt(one.minutes) })),
}));

const bufbuild = () => {
  const env = celEnv({ funcs: strings });
  return { rules: data.rules.map(({ text }) => plan(env, parse(text))), items: bound(timestampFromDate) };
};

const marcbachmann = () => {
  const env = new Environment({ unlistedVariablesAreDyn: true });
  return { rules: data.rules.map(({ text }) => env.parse(text)), items: bound((date) => date) };
};

const runSeries = (rule, items) => {
  let holds = 0;
  for (let round = 0; round < rounds; ++round) for (const item of items) holds += rule(item) === true ? 1 : 0;
  return holds;
};

// An evaluator that does not know a pattern or a time zone is left out for that rule, and the table says so.
const can = (rule, items) => {
  try {
    return items.every((item) => typeof rule(item) === 'boolean');
  } catch {
    return false;
  }
};

const measure = ({ rules, items }, best, holds) => {
  rules.forEach((rule, at) => {
    if (!can(rule, items)) return;
    for (let series = 0; series < seriesOfTurn; ++series) {
      const begin = process.hrtime.bigint();
      holds[at] = runSeries(rule, items) / rounds;
      best[at] = Math.min(best[at], Number(process.hrtime.bigint() - begin) / (rounds * items.length));
    }
  });
};

// The table that cel_bench prints: "name   holds/items   ns/eval   evaluations/s".
const native = (best, holds) => {
  const lines = execFileSync(program, [String(seriesOfTurn)], { encoding: 'utf8' }).split('\n');
  data.rules.forEach(({ name }, at) => {
    const [, held, ns] = lines.find((line) => line.startsWith(name)).match(/(\d+)\/\d+\s+([\d.]+)/);
    holds[at] = Number(held);
    best[at] = Math.min(best[at], Number(ns));
  });
};

const made = { bufbuild: bufbuild(), marcbachmann: marcbachmann() };
const evaluators = [
  { name: 'countersign', run: native },
  { name: '@bufbuild/cel', run: (best, holds) => measure(made.bufbuild, best, holds) },
  { name: '@marcbachmann/cel-js', run: (best, holds) => measure(made.marcbachmann, best, holds) },
].map((one) => ({ ...one, best: data.rules.map(() => Infinity), holds: data.rules.map(() => -1) }));

for (let turn = 0; turn < turns; ++turn) {
  const order = [...evaluators.slice(turn % evaluators.length), ...evaluators.slice(0, turn % evaluators.length)];
  for (const evaluator of order) evaluator.run(evaluator.best, evaluator.holds);
}

const cell = (text, width) => String(text).padStart(width);
console.log(`${'rule'.padEnd(20)}${cell('holds', 8)}${evaluators.map(({ name }) => cell(`${name}, ns`, 26)).join('')}${cell('times as fast', 16)}`);
let differ = 0;
const ratio = (at) => Math.min(...evaluators.slice(1).map(({ best }) => best[at])) / evaluators[0].best[at];
data.rules.forEach(({ name }, at) => {
  const held = new Set(evaluators.map(({ holds }) => holds[at]).filter((count) => count >= 0));
  differ += held.size > 1 ? 1 : 0;
  const figures = evaluators.map(({ best }) => cell(Number.isFinite(best[at]) ? best[at].toFixed(1) : 'cannot', 26)).join('');
  console.log(`${name.padEnd(20)}${cell([...held].join(' / '), 8)}${figures}${cell(`${ratio(at).toFixed(1)} x`, 16)}`);
});
// Of the rules that all can evaluate.
const common = data.rules.map((_, at) => at).filter((at) => evaluators.every(({ best }) => Number.isFinite(best[at])));
const mean = ({ best }) => common.reduce((sum, at) => sum + best[at], 0) / common.length;
const fastest = Math.min(...evaluators.slice(1).map(mean));
console.log(`${`mean of the ${common.length} that all can`.padEnd(28)}${evaluators.map((one) => cell(mean(one).toFixed(1), 26)).join('')}${cell(`${(fastest / mean(evaluators[0])).toFixed(1)} x`, 16)}`);
const geometric = Math.exp(common.reduce((sum, at) => sum + Math.log(ratio(at)), 0) / common.length);
console.log(`of these, geometric mean of the ratios: ${geometric.toFixed(1)} x; rules on which they differ: ${differ}`);
process.exit(differ ? 1 : 0);
