// A file given to the verifier piece by piece, so that the page stays awake and the memory small.
import { sha256 } from './hashes.js';
import { BundleVerifier } from './verifier.js';

const kPieceBytes = 1 << 20;
const kWholeBytes = 2 ** 30;

// The browser hashes only what is in memory whole: the end line's hash is compared up to this size.
const digestOf = (file) => async (count) => {
  if (count > kWholeBytes) return null;
  try {
    return await sha256(await file.slice(0, count).arrayBuffer());
  } catch {
    return null;
  }
};

// told(findings, bytes): how far it is, after each piece. Throws the signal's reason when cancelled.
export const verifyFile = async (file, { keys, checkpoints, signal, told }) => {
  const verifier = new BundleVerifier({ keys, checkpoints, digestOf: digestOf(file) });
  for (let from = 0; from < file.size; from += kPieceBytes) {
    signal.throwIfAborted();
    await verifier.feed(new Uint8Array(await file.slice(from, from + kPieceBytes).arrayBuffer()));
    told(verifier.soFar, Math.min(from + kPieceBytes, file.size));
    // Lets the page paint and the buttons work.
    await new Promise((done) => setTimeout(done));
  }
  signal.throwIfAborted();
  return verifier.finish();
};
