/** Reads and checks files: the one entry to these modules. What is malformed is refused like what proves nothing. */

import { Malformed } from './bytes.js';
import { isSupported } from './ed25519.js';
import { parseResource } from './fhir.js';
import { cosignedAt, parseNote } from './note.js';
import { parseTrust } from './policy.js';
import { checkReceipt, parseReceipt } from './receipt.js';
import { RECORD_RECEIPT, checkRecordReceipt, differences, parseRecordReceipt } from './record-receipt.js';

const policies = new Map();

/**
 * Checks a receipt of either kind.
 *
 * @param receipt text of the file
 * @param trust a log's key or a policy file, as text
 * @param resource bytes of the FHIR resource in JSON that it must be about, where there is one
 * @param bases URLs under which the resource's server is known
 * @returns {Promise<object>} {@code {verified: true, kind, …}}, {@code {verified: false, reason}}, or
 *     {@code {unsupported: true}} where this browser lacks the algorithms
 */
export function verifyReceipt({ receipt, trust, resource, bases = [] }) {
  return answering(async () => {
    const policy = await policyOf(trust);
    if (!receipt.startsWith(`${RECORD_RECEIPT}\n`)) {
      return resource
        ? { reason: `malformed record receipt (expected: first line ${RECORD_RECEIPT})` }
        : { kind: 'transaction', ...(await checkReceipt(parseReceipt(receipt), policy)) };
    }
    const parsed = parseRecordReceipt(receipt);
    const differing = resource ? differences(parsed.seal, parseResource(resource), bases) : [];
    return differing.length > 0
      ? { reason: `the resource is not the one that was sealed; differing: [${differing.join(', ').toUpperCase()}]` }
      : { kind: 'record', compared: Boolean(resource), ...(await checkRecordReceipt(parsed, policy)) };
  });
}

/** Checks the signatures under a checkpoint and tells when each witness of the policy cosigned it. */
export function verifyCheckpoint({ checkpoint, trust }) {
  return answering(async () => {
    const policy = await policyOf(trust);
    const found = await policy.check(parseNote(checkpoint));
    if (found.reason) {
      return found;
    }
    const { origin, size } = found.checkpoint;
    const times = [...found.cosigners].map(([name, signature]) => [name, cosignedAt(signature)]);
    return { kind: 'checkpoint', origin, size, cosigners: Object.fromEntries(times), witnesses: policy.witnesses };
  });
}

async function answering(check) {
  if (!(await isSupported())) {
    return { unsupported: true };
  }
  try {
    const found = await check();
    return found.reason ? { verified: false, reason: found.reason } : { verified: true, ...found };
  } catch (e) {
    if (e instanceof Malformed) {
      return { verified: false, reason: e.message };
    }
    throw e;
  }
}

function policyOf(trust) {
  if (!policies.has(trust)) {
    policies.set(trust, parseTrust(trust));
  }
  return policies.get(trust);
}
