// Bundles made by the C++ tool, and the JavaScript verifier over them.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseGivenKey, parseOwnCheckpoint } from '../../../web/verify/notes.js';
import { BundleVerifier } from '../../../web/verify/verifier.js';

const repository = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const tool = process.env.COUNTERSIGN_MAKE_BUNDLES ?? join(repository, 'build/native/tests/core/make_bundles');

// { cases, remove }: each case has name, bytes, keys, checkpoints as [{ name, text }], finds, and the C++ verifier's report.
export const makeCases = () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bundles-'));
  execFileSync(tool, ['cases', join(repository, 'tests/cases/verify/tampers.json'), folder]);
  const at = (name) => readFileSync(join(folder, name));
  const cases = JSON.parse(at('index.json')).map((one) => ({ ...one, bytes: new Uint8Array(at(one.file)), checkpoints: one.checkpoints.map((name, i) => ({ name: `checkpoint-${i + 1}.txt`, text: at(name).toString() })) }));
  return { folder, cases, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

export const verifyBytes = async (bytes, { keys = [], checkpoints = [], piece = 64 * 1024, hashable = true } = {}) => {
  const verifier = new BundleVerifier({
    keys: await Promise.all(keys.map(parseGivenKey)),
    checkpoints: checkpoints.map(({ name, text }) => parseOwnCheckpoint(name, text)),
    digestOf: async (count) => (hashable ? new Uint8Array(createHash('sha256').update(bytes.subarray(0, count)).digest()) : null),
  });
  for (let from = 0; from < bytes.length; from += piece) await verifier.feed(bytes.subarray(from, from + piece));
  return verifier.finish();
};

const placeOf = ({ leaf, line }) => (leaf ? `entry ${leaf}` : line ? `line ${line}` : '');

// Every check that fails, with the place of its first failure.
export const foundIn = ({ failures }) => {
  const out = {};
  for (const failure of failures) out[failure.check] ??= placeOf(failure);
  return out;
};
