/**
 * Receipts of the ledger: what became of a transaction. Text: the version, the transaction's JWS, the header of its block,
 * a proof for each; then for each change of the witnesses a header and its proof. Sections end with a line {@code ---}.
 */

import { Malformed, utf8 } from './bytes.js';
import { parseHeader } from './block.js';
import { parseCheckpoint } from './note.js';
import { policyOfWitnesses } from './policy.js';
import { checkProof, parseProof } from './tlog-proof.js';
import { parseTransaction, transactionId } from './transaction.js';

/** First line of the file. */
export const RECEIPT = 'salus-receipt/v1';

const SEPARATOR = '\n---\n';
const MAX_CHARS = 4 << 20;
const MOST_HANDOVERS = 256;

const policies = new Map(); // by the header that names their witnesses

/** Reads a receipt. */
export function parseReceipt(file) {
  if (file.length > MAX_CHARS) {
    throw new Malformed('malformed receipt (longer than 4 MiB)');
  }
  const cut = file.split(SEPARATOR);
  const sections = cut.map((section, at) => (at < cut.length - 1 ? `${section}\n` : section));
  const [version, jws, header, ...proof] = sections[0].split('\n');
  if (sections.length < 2 || sections.length > MOST_HANDOVERS + 2 || version !== RECEIPT || proof.length === 0) {
    throw new Malformed(`malformed receipt (expected: ${RECEIPT}, a transaction, a block header, two proofs)`);
  }
  try {
    return {
      transaction: parseTransaction(jws),
      block: parseHeader(header),
      transactionProof: parseProof(proof.join('\n')),
      blockProof: parseProof(sections[1]),
      handovers: sections.slice(2).map(parseHandover),
    };
  } catch (e) {
    throw e instanceof Malformed ? new Malformed(`malformed receipt (${e.message})`) : e;
  }
}

function parseHandover(text) {
  const end = text.indexOf('\n');
  if (end < 0) {
    throw new Malformed('malformed handover');
  }
  return { header: parseHeader(text.slice(0, end)), proof: parseProof(text.slice(end + 1)) };
}

/**
 * Checks a receipt.
 *
 * @param trusted policy of the witnesses at any time before the receipt's checkpoint, or of the log alone
 * @returns {Promise<object>} what it proves, or {@code {reason}}
 */
export async function checkReceipt({ transaction, block, transactionProof, blockProof, handovers }, trusted) {
  const policy = await follow(handovers, trusted, transactionProof.checkpoint);
  const { index } = transactionProof;
  if (transactionProof.checkpoint.source !== blockProof.checkpoint.source) {
    return { reason: 'the proofs are under different checkpoints' };
  }
  if (index < block.first || index >= block.index) {
    return { reason: 'the transaction is not one of the block' };
  }
  if (blockProof.index !== block.index) {
    return { reason: 'the header is not where it says' };
  }
  const executed = await checkProof(transactionProof, utf8(`T${transaction.jws}`), policy);
  if (executed.reason) {
    return { reason: `transaction: ${executed.reason}` };
  }
  const { checkpoint, cosigners, reason } = await checkProof(blockProof, entryOf(block), policy);
  if (reason) {
    return { reason: `block header: ${reason}` };
  }
  if (checkpoint.origin !== `salus/${transaction.body.network}`) {
    return { reason: 'the log is that of another network' };
  }
  return {
    transaction: transactionId(transaction),
    body: transaction.body,
    signer: transaction.kid,
    index,
    height: block.height,
    time: block.time,
    rejection: block.rejections[String(index - block.first)] ?? null,
    origin: checkpoint.origin,
    size: checkpoint.size,
    cosigners: [...cosigners.keys()].sort(),
  };
}

function entryOf(header) {
  return utf8(`B${header.text}`);
}

/**
 * The policy for a checkpoint, for somebody who trusts {@code policy}: each handover that the policy so far makes believable
 * replaces it by the witnesses that it names.
 */
async function follow(handovers, policy, note) {
  let target;
  try {
    target = parseCheckpoint(note.text);
  } catch {
    return policy; // which will refuse it
  }
  let trusted = policy;
  let height = -1;
  for (const { header, proof } of handovers) {
    if (header.height > height
        && header.index + 1n < target.size
        && header.witnesses?.members.length > 0
        && (await endsTree(header, proof, trusted, target.origin))) {
      trusted = await policyAfter(header, target.origin);
      height = header.height;
    }
  }
  return trusted;
}

function policyAfter(header, origin) {
  const key = `${origin}\n${header.text}`;
  if (!policies.has(key)) {
    policies.set(key, policyOfWitnesses(header.witnesses, origin));
  }
  return policies.get(key);
}

async function endsTree(header, proof, policy, origin) {
  if (proof.index !== header.index) {
    return false;
  }
  const { checkpoint } = await checkProof(proof, entryOf(header), policy);
  return checkpoint !== undefined && checkpoint.origin === origin && checkpoint.size === header.index + 1n;
}
