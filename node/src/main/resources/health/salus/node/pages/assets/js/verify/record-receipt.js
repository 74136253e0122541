/**
 * Receipts of FHIR resources: the seal of a version, its place in the organization's record log, and the ledger's receipt of
 * the transaction that anchored the log's head (docs/canonical-form.md §2 to §4).
 */

import { Malformed, concat, decimal, digestOf, equal, utf8 } from './bytes.js';
import { canonical, isObject, parseObject } from './canonical-json.js';
import { canonicalBytes } from './fhir.js';
import { checkInclusion, leafHash } from './merkle.js';
import { checkReceipt, parseReceipt } from './receipt.js';
import { sha256 } from './sha256.js';

/** First line of the file. */
export const RECORD_RECEIPT = 'salus-record-receipt/v1';

const SEPARATOR = '\n---\n';
const MAX_CHARS = 2 << 20;
const MAX_PATH = 63;
const ALGORITHM = 'https://salus.health/canonicalization/json#static-exact';
const VERSION = /^([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9.-]{1,64})\/_history\/([A-Za-z0-9.-]{1,64})$/;
const KINDS = { VERSION: 'V', DISCLOSURE: 'D' };

/** Reads a receipt. */
export function parseRecordReceipt(file) {
  const end = file.indexOf(SEPARATOR);
  if (end < 0 || file.length > MAX_CHARS) {
    throw new Malformed(`malformed record receipt (expected: ${RECORD_RECEIPT}, a seal, a proof, ---, a receipt)`);
  }
  const [version, seal, kindLine, indexLine, ...path] = file.slice(0, end).split('\n');
  const [, kind] = /^kind (VERSION|DISCLOSURE)$/.exec(kindLine ?? '') ?? [];
  const [, index] = /^index ([0-9]{1,18})$/.exec(indexLine ?? '') ?? [];
  if (version !== RECORD_RECEIPT || !kind || !index || path.length > MAX_PATH) {
    throw new Malformed(`malformed record receipt (expected: ${RECORD_RECEIPT}, a seal, its kind, an index, a path)`);
  }
  try {
    return {
      seal: parseSeal(seal),
      kind: KINDS[kind],
      index: decimal(index),
      path: path.map(digestOf),
      anchor: parseReceipt(file.slice(end + SEPARATOR.length)),
    };
  } catch (e) {
    throw e instanceof Malformed ? new Malformed(`malformed record receipt (${e.message})`) : e;
  }
}

function parseSeal(text) {
  const seal = parseObject(text);
  if (!isObject(seal, 'algorithm', 'content', 'labels', 'narrative', 'salt', 'version')
      || seal.algorithm !== ALGORITHM
      || typeof seal.version !== 'string'
      || !VERSION.test(seal.version)) {
    throw new Malformed(`not a seal of the algorithm ${ALGORITHM}`);
  }
  const { version, salt, content, labels, narrative } = seal;
  return {
    version,
    salt: digestOf(salt),
    content: digestOf(content),
    labels: digestOf(labels),
    narrative: digestOf(narrative),
  };
}

/**
 * Checks a receipt; the resource itself stays out of it.
 *
 * @param policy whose signatures make a checkpoint of the ledger believable
 * @returns {Promise<object>} what it proves, or {@code {reason}}
 */
export async function checkRecordReceipt({ seal, kind, index, path, anchor }, policy) {
  const anchored = await checkReceipt(anchor, policy);
  if (anchored.reason) {
    return { reason: `anchor: ${anchored.reason}` };
  }
  if (anchored.rejection) {
    return { reason: 'anchor: the network rejected it' };
  }
  const { contract, action, network, arguments: head } = anchored.body;
  if (contract !== 'records' || action !== 'anchor') {
    return { reason: 'anchor: a transaction about something else' };
  }
  const root = rootOf(head);
  if (!root) {
    return { reason: 'anchor: without a head' };
  }
  const leaf = leafHash(concat(utf8(kind), commitment(seal)));
  const reason = checkInclusion(leaf, index, path, BigInt(head.size), root);
  if (reason) {
    return { reason: `record log: ${reason}` };
  }
  const { signer, height, time, origin, size, cosigners } = anchored;
  return { version: seal.version, entry: index, signer, network, height, time, origin, size, cosigners };
}

/** Whether a resource, as somebody received it, is what was sealed; the names of the parts that differ. */
export function differences(seal, resource, bases = []) {
  const text = resource.get('text');
  const found = {
    content: sha256(canonicalBytes(resource, bases, ['text', 'meta'])),
    labels: sha256(utf8(labels(resource.get('meta')))),
    narrative: sha256(text === undefined ? new Uint8Array() : canonicalBytes(text, bases)),
  };
  const differing = Object.keys(found).filter((part) => !equal(found[part], seal[part]));
  return versionOf(resource) === seal.version ? differing : ['identity', ...differing];
}

function versionOf(resource) {
  const meta = resource.get('meta');
  const version = meta instanceof Map ? meta.get('versionId') : undefined;
  return `${resource.get('resourceType')}/${resource.get('id')}/_history/${version}`;
}

/** Servers reorder security labels and replace their displays, so neither counts. */
function labels(meta) {
  const security = meta instanceof Map ? meta.get('security') : [];
  const listed = security instanceof Map || Array.isArray(security) ? [...security.values()] : [];
  const texts = listed.map((label) => ({ code: textIn(label, 'code'), system: textIn(label, 'system') }));
  texts.sort((a, b) => compare(a.system, b.system) || compare(a.code, b.code));
  const once = texts.map((label) => canonical(label)).filter((label, at, all) => at === 0 || all[at - 1] !== label);
  return `[${once.join(',')}]`;
}

function textIn(object, name) {
  const value = object instanceof Map ? object.get(name) : '';
  return typeof value === 'string' ? value : '';
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}

function rootOf({ size, root }) {
  try {
    return Number.isInteger(size) && size >= 1 ? digestOf(root) : null;
  } catch {
    return null;
  }
}

/** What the record log has of a seal. */
function commitment({ version, salt, content, labels: ofLabels, narrative }) {
  return sha256(new Uint8Array([0]), prefixed(ALGORITHM), salt, prefixed(version), content, ofLabels, narrative);
}

function prefixed(ascii) {
  return concat(new Uint8Array([ascii.length]), utf8(ascii));
}
