/** A file that shows, without the log, that an entry is in it (c2sp.org/tlog-proof). */

import { Malformed, decimal, fromBase64 } from './bytes.js';
import { checkInclusion, leafHash } from './merkle.js';
import { parseNote } from './note.js';

const VERSION = 'c2sp.org/tlog-proof@v1';
const MAX_PATH = 63;

/** Reads a proof file. */
export function parseProof(file) {
  const end = file.indexOf('\n\n');
  const [version, ...lines] = end < 0 ? [] : file.slice(0, end).split('\n');
  if (version !== VERSION) {
    throw new Malformed(`not a proof (expected: first line ${VERSION}, then index)`);
  }
  if (lines[0]?.startsWith('extra ') && fromBase64(lines.shift().slice(6)).length === 0) {
    throw new Malformed('proof with an extra line that holds nothing');
  }
  const indexLine = lines.shift();
  if (!indexLine?.startsWith('index ')) {
    throw new Malformed('proof without an index line');
  }
  const path = lines.map(fromBase64);
  if (path.length > MAX_PATH || path.some((hash) => hash.length !== 32)) {
    throw new Malformed(`proof with a path that is not up to ${MAX_PATH} hashes of 32 bytes`);
  }
  return { index: decimal(indexLine.slice(6)), path, checkpoint: parseNote(file.slice(end + 2)) };
}

/**
 * Checks the checkpoint against a policy, then the inclusion of the entry against the checkpoint.
 *
 * @returns {Promise<{checkpoint: object, cosigners: Map} | {reason: string}>}
 */
export async function checkProof(proof, entry, policy) {
  const trusted = await policy.check(proof.checkpoint);
  if (trusted.reason) {
    return trusted;
  }
  const { size, root } = trusted.checkpoint;
  if (size === 0n) {
    return { reason: 'the log is empty' };
  }
  const reason = checkInclusion(leafHash(entry), proof.index, proof.path, size, root);
  return reason ? { reason } : trusted;
}
