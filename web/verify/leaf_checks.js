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

const checkAgreement = ({ leaf, operation, place, state }) => {
  for (const name of operation ? ['actor', 'item', 'project'] : []) {
    if (leaf[name] !== operation[name]) state.findings.fail('operations', place, `the entry and the operation in it name another ${name}: ${leaf[name] ?? 'none'} and ${operation[name] ?? 'none'}`);
  }
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

// What is in the stream by this entry: the operation, or what the server recorded of one that it could not read.
const linkOf = (entry) => {
  const { leaf, operation, operationHashHex } = entry;
  if (operation) return { stream: operation.stream, seq: operation.seq, hash: operationHashHex, prev: operation.prev };
  const unreadable = leaf.v === 2 && leaf.type === 'operation_quarantined' && leaf.op === undefined;
  return unreadable && bodyIs(entry, kQuarantined) ? { stream: leaf.body.stream, seq: leaf.body.seq, hash: leaf.body.hash, prev: null } : null;
};

const checkStream = (entry) => {
  const { leaf, operation, place, state } = entry;
  const link = linkOf(entry);
  if (link) state.streams.add(place, link, operation?.actor ?? null);
  if (link && leaf.sig !== undefined) state.streams.sign(place, link, fromHex(leaf.sig));
  else if (leaf.sig !== undefined && leaf.op === undefined) state.findings.fail('signatures', place, 'a signature, but nothing that it could be below');
};

const checkEpoch = async ({ leaf, place, state }) => {
  if (leaf.v === 2 && leaf.type === 'epoch_started') await state.seals.startEpoch(place, leaf.body);
};

const checkTexts = ({ leaf, operation, place, state }) => {
  state.texts.nameAll(leaf.body);
  if (operation) state.texts.nameAll(operation.body);
  if (leaf.v === 2 && leaf.type === 'subject_erased') state.texts.erase(place, leaf.body.commitments);
};

export const kLeafChecks = [checkVersion, checkNumber, checkProject, checkDecision, checkAgreement, checkStreamOpened, checkStreamForked, checkStream, checkEpoch, checkTexts];

