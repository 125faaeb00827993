// Writes core/zones/zones.txt, the table of time zones that rules know, from compiled zone files of a named release of
// the IANA time zone database (public domain). Run by hand when a release changes what matters; never by the build, so
// that every machine has the same table:
//   zic -b fat -d DIR tzdata.zi && node tools/zones.mjs DIR 2025b > core/zones/zones.txt
// (Fat files: some versions of zic leave out far changes when they make slim ones.)
// core/zones/zones.h says how a line reads.
import { readFileSync, readdirSync, statSync } from 'node:fs';

const [folder, release] = process.argv.slice(2);
if (!release) {
  console.error('usage: node tools/zones.mjs DIRECTORY-OF-COMPILED-ZONES RELEASE');
  process.exit(64);
}

const files = (path) =>
  readdirSync(`${folder}/${path}`)
    .sort()
    .flatMap((name) => {
      const inner = path ? `${path}/${name}` : name;
      return statSync(`${folder}/${inner}`).isDirectory() ? files(inner) : [inner];
    });

// RFC 9636: the second block of a TZif file has 64-bit times; behind it stands the rule for all later years.
const readZone = (bytes) => {
  const counts = (at) => ['isut', 'isstd', 'leap', 'times', 'types', 'chars'].map((_, i) => bytes.readUInt32BE(at + 20 + 4 * i));
  const [isut1, isstd1, leap1, times1, types1, chars1] = counts(0);
  let at = 44 + 5 * times1 + 6 * types1 + chars1 + 8 * leap1 + isstd1 + isut1;
  const [isut, isstd, leap, times, types, chars] = counts(at);
  at += 44;
  const typesAt = at + 9 * times;
  const offset = (type) => bytes.readInt32BE(typesAt + 6 * type);
  const changes = [];
  for (let i = 0; i < times; i += 1) {
    changes.push({ at: Number(bytes.readBigInt64BE(at + 8 * i)), offset: offset(bytes[at + 8 * times + i]) });
  }
  const footer = bytes.subarray(typesAt + 6 * types + chars + 12 * leap + isstd + isut).toString().trim();
  return { first: offset(0), changes, footer };
};

const seconds = (text) => {
  const [, sign, h, m = '0', s = '0'] = /^([+-]?)(\d+)(?::(\d+))?(?::(\d+))?$/.exec(text);
  return (sign === '-' ? -1 : 1) * (Number(h) * 3600 + Number(m) * 60 + Number(s));
};

// POSIX TZ: "CET-1CEST,M3.5.0,M10.5.0/3" becomes "3600,7200,3.5.0/7200,10.5.0/10800".
const ruleOf = (footer) => {
  const name = '(?:<[^>]+>|[A-Za-z]+)';
  const match = new RegExp(`^${name}([-+\\d:]+)(?:${name}([-+\\d:]+)?,M([\\d.]+)(?:/([-+\\d:]+))?,M([\\d.]+)(?:/([-+\\d:]+))?)?$`).exec(footer);
  if (!match) throw new Error(`a rule this program does not know: ${footer}`);
  const [, standard, summer, start, startTime = '2', end, endTime = '2'] = match;
  const base = -seconds(standard);
  if (!start) return `${base}`;
  return `${base},${summer ? -seconds(summer) : base + 3600},${start}/${seconds(startTime)},${end}/${seconds(endTime)}`;
};

// When the day "month.week.day/second" of a year is, in seconds since 1970 of local time.
const moment = (day, year) => {
  const [date, second] = day.split('/');
  const [month, week, weekday] = date.split('.').map(Number);
  const first = Date.UTC(year, month - 1, 1) / 86400000;
  let at = first + ((weekday - ((first + 4) % 7) + 7) % 7) + 7 * (week - 1);
  while (at >= Date.UTC(year, month, 1) / 86400000) at -= 7;
  return at * 86400 + Number(second);
};

const offsetByRule = (rule, at) => {
  const [standard, summer, start, end] = rule.split(',');
  if (!start) return Number(standard);
  const year = new Date((at + Number(standard)) * 1000).getUTCFullYear();
  const from = moment(start, year) - Number(standard);
  const to = moment(end, year) - Number(summer);
  const isSummer = from < to ? at >= from && at < to : at >= from || at < to;
  return Number(isSummer ? summer : standard);
};

// The changes that the rule does not explain: it holds behind the last of these.
const beforeRule = (changes, rule) => {
  const kept = [...changes];
  for (let last = kept.at(-1); last && last.at > 0; last = kept.at(-1)) {
    const before = kept.at(-2);
    if (!before || last.offset !== offsetByRule(rule, last.at)) break;
    // From the change before to this one the rule must say the same all the time, looked at day by day.
    let same = offsetByRule(rule, last.at - 1) === before.offset;
    for (let at = before.at; same && at < last.at; at += 86400) same = offsetByRule(rule, at) === before.offset;
    if (!same) break;
    kept.pop();
  }
  return kept;
};

const zones = new Map();
for (const name of files('')) {
  const bytes = readFileSync(`${folder}/${name}`);
  if (bytes.subarray(0, 4).toString() !== 'TZif') continue;
  const zone = readZone(bytes);
  const rule = ruleOf(zone.footer);
  const changes = beforeRule(zone.changes, rule);
  let last = zone.first;
  for (const change of changes) if (change.at <= 0) last = change.offset;
  const offsets = [last];
  let code = '';
  let before = 0;
  for (const change of changes) {
    // The last change stays even when it changes nothing: the rule for later years holds from there on.
    if (change.at <= 0 || (change.offset === last && change !== changes.at(-1))) continue;
    last = change.offset;
    if (!offsets.includes(last)) offsets.push(last);
    const delta = change.at - before;
    before = change.at;
    const steps = delta % 900 === 0 ? (delta / 900).toString(36).toUpperCase() : `*${delta.toString(36).toUpperCase()}`;
    code += String.fromCharCode(97 + offsets.indexOf(last)) + steps;
  }
  const body = `${offsets.join(',')}|${code}|${rule}`;
  if (!zones.has(body)) zones.set(body, []);
  zones.get(body).push(name);
}
console.log(`# Time zones since 1970, from the IANA time zone database ${release} (public domain). Made by tools/zones.mjs.`);
for (const [body, names] of [...zones].sort((a, b) => (a[1][0] < b[1][0] ? -1 : 1))) console.log(`${names.join(' ')}|${body}`);
