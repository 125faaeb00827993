import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { kNotices, kSentences } from '../../../web/page/sentences.js';

const sources = ['page', 'worker', 'worker/files'].flatMap((folder) => {
  const url = new URL(`../../../web/${folder}/`, import.meta.url);
  return readdirSync(url).filter((name) => name.endsWith('.js')).map((name) => readFileSync(new URL(name, url), 'utf8'));
});
const text = sources.join('\n');

test('every way to stop has a sentence', () => {
  const codes = [...text.matchAll(/\bfail\('([a-z-]+)'|\bcode: '([a-z-]+)'|return '(no-[a-z-]+)'|#stop\('([a-z-]+)'|cover\.sentence\('([a-z-]+)'/g)].map((m) => m.slice(1).find(Boolean));
  assert.ok(codes.length >= 8, `found ${codes}`);
  for (const code of codes) assert.ok(kSentences[code], code);
});

test('every sentence is used', () => {
  for (const code of Object.keys(kSentences)) assert.ok(new RegExp(`'${code}'`).test(text.replace(/export const kSentences[\s\S]*?\n};/, '')), code);
});

test('sentences are sentences', () => {
  for (const { text: body } of [...Object.values(kSentences), ...Object.values(kNotices)]) assert.match(body, /[.%]$/);
});
