// The checks that look at one leaf after the other; a new one is a function and a place in the list at the end. Each gets
// { leaf, operation, operationHashHex, place, state }; operation is null where there is none that could be read.
import { fromHex } from './bytes.js';
import { wrongMembers } from './members.js';

const kOpened = { account: 'text', device: 'text', key: 'hex32', reason: 'text', replaces: 'stream?', stream: 'stream' };
const kForked = { seq: 'natural', stream: 'stream' };
const kQuarantined = { code: 'text', hash: 'hex32', reason: 'text', seq: 'natural', stream: 'stream' };

const checkVersion = ({ leaf, place, state }) => {
  if (leaf.v === 1) state.findings.counts.leaves_v1 += 1;
  if (leaf.v < state.newestVersion) state.findings.fail('leaves', place, `an entry of version ${leaf.v} behind one of version ${state.newestVersion}`);
  state.newestVersion = Math.max(state.newestVersion, leaf.v);
};

const checkNumber = ({ leaf, place, state }) => {
  state.findings.done('numbers');
  if (leaf.seq !== state.lastSeq + 1) state.findings.fail('numbers', place, `the entry has number ${leaf.seq} where ${state.lastSeq + 1} was expected`);
  state.lastSeq = leaf.seq;
};

const checkProject = ({ leaf, place, state }) => {
  if (state.head === null) return;
  state.findings.done('project');
  if (leaf.project !== state.head.project) state.findings.fail('project', place, `the entry is of project ${leaf.project}, the bundle of ${state.head.project}`);
};

const checkDecision = ({ leaf, operation, place, state }) => {
  if (leaf.v < 2 || leaf.type !== 'review_submitted') return;
  if (leaf.op === undefined) state.findings.fail('operations', place, 'a decision without the operation of the device that made it');
  else if (operation && operation.type !== 'submit_review') state.findings.fail('operations', place, `a decision, but the operation in it is '${operation.type}'`);
};

// Recorded as it came, without effect: whatever is wrong with it is why.
const waits = (leaf) => leaf.v === 2 && leaf.type === 'operation_quarantined';

const checkAgreement = ({ leaf, operation, place, state }) => {
  if (!operation) return;
  for (const name of waits(leaf) ? ['item'] : ['actor', 'item', 'project']) {
    if (leaf[name] !== operation[name]) state.findings.fail('operations', place, `the entry and the operation in it name another ${name}: ${leaf[name] ?? 'none'} and ${operation[name] ?? 'none'}`);
  }
  if (operation.v === 1 && state.findings.counts.leaves_v1 === 0) state.findings.fail('operations', place, 'an operation of version 1, in a log that has no entry of version 1');
};

const bodyIs = ({ leaf, place, state }, members) => {
  const wrong = wrongMembers(leaf.body, members, true);
  if (wrong) state.findings.fail('streams', place, `${leaf.type} cannot be read: body: ${wrong}`);
  return !wrong;
};

const checkStreamOpened = (entry) => {
  const { leaf, place, state } = entry;
  if (leaf.v === 2 && leaf.type === 'stream_opened' && bodyIs(entry, kOpened)) state.streams.open(place, leaf.body.stream, leaf.body.account, leaf.body.key);
};

const checkStreamForked = (entry) => {
  const { leaf, state } = entry;
  if (leaf.v === 2 && leaf.type === 'stream_forked' && bodyIs(entry, kForked)) state.streams.noteFork(leaf.body.stream, leaf.body.seq);
};

// One that waits has the place that the server found it at, whatever it says of itself.
const waitingLink = (entry) => {
  const { leaf, operation, operationHashHex, place, state } = entry;
  if (!bodyIs(entry, kQuarantined)) return null;
  const { stream, seq, hash } = leaf.body;
  if (leaf.op !== undefined && operationHashHex !== hash) state.findings.fail('operations', place, 'the operation in the entry is not the one whose hash the entry has');
  const inPlace = operation && operation.stream === stream && operation.seq === seq;
  const old = state.findings.counts.leaves_v1 > 0 && (!operation || operation.v === 1);
  return { stream, seq, hash, prev: inPlace ? operation.prev : null, counts: false, waits: true, old };
};

// What is in the stream by this entry.
const linkOf = (entry) => {
  const { leaf, operation, operationHashHex } = entry;
  if (waits(leaf)) return waitingLink(entry);
  if (!operation) return null;
  const { stream, seq, prev, v } = operation;
  return { stream, seq, hash: operationHashHex, prev, counts: leaf.type !== 'operation_repeated', waits: false, old: v === 1 };
};

const checkStream = (entry) => {
  const { leaf, operation, place, state } = entry;
  const link = linkOf(entry);
  if (link) state.streams.add(place, link, waits(leaf) ? leaf.actor : operation.actor);
  if (link && leaf.sig !== undefined) state.streams.sign(place, link, fromHex(leaf.sig));
  else if (leaf.sig !== undefined && leaf.op === undefined) state.findings.fail('signatures', place, 'a signature, but nothing that it could be below');
};

const checkSeen = ({ leaf, operation, place, state }) => {
  if (operation?.seen !== undefined && !waits(leaf)) state.seals.checkSeen(place, operation.seen);
};

const checkEpoch = async ({ leaf, place, state }) => {
  if (leaf.v === 2 && leaf.type === 'epoch_started') await state.seals.startEpoch(place, leaf.body);
};

const checkTexts = ({ leaf, operation, place, state }) => {
  state.texts.nameAll(leaf.body);
  if (operation) state.texts.nameAll(operation.body);
  if (leaf.v === 2 && leaf.type === 'subject_erased') state.texts.erase(place, leaf.body.commitments);
};

export const kLeafChecks = [checkVersion, checkNumber, checkProject, checkDecision, checkAgreement, checkStreamOpened, checkStreamForked, checkStream, checkSeen, checkEpoch, checkTexts];

