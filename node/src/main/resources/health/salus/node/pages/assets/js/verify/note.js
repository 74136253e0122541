/** Signed notes (c2sp.org/signed-note), the keys that sign them, and checkpoints (c2sp.org/tlog-checkpoint). */

import { Malformed, bigEndian, concat, decimal, fromBase64, utf8 } from './bytes.js';
import { ed25519Key, isEd25519Point, verifyEd25519 } from './ed25519.js';
import { sha256 } from './sha256.js';

const MAX_SIGNATURES = 64;
const DASH = '\u2014 ';
const CONTROL = /[\u0000-\u001f]/;
const FORBIDDEN_IN_NAMES = /[+\u0000-\u0020\u007f\u0085\p{Z}\p{Cs}]/u;

/** Of a log: signs the text of a note. */
export const LOG_KEY = 1;
/** Of a witness: cosigns a checkpoint, with the time (c2sp.org/tlog-cosignature). */
export const WITNESS_KEY = 4;

/** Reads a note: text, an empty line, signature lines. */
export function parseNote(source) {
  const end = source.lastIndexOf('\n\n');
  if (end < 0 || !source.endsWith('\n') || end + 2 === source.length) {
    throw new Malformed('note without signatures (expected: text, empty line, signature lines)');
  }
  const text = source.slice(0, end + 1);
  const lines = source.slice(end + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) {
    throw new Malformed(`note with too many signatures (expected: at most ${MAX_SIGNATURES})`);
  }
  if (CONTROL.test(text.replaceAll('\n', ''))) {
    throw new Malformed('note text (expected: ends in a newline, no other control characters)');
  }
  return { source, text, signatures: lines.map(parseSignature) };
}

function parseSignature(line) {
  const space = line.lastIndexOf(' ');
  if (!line.startsWith(DASH) || space < DASH.length) {
    throw new Malformed('not a signature line (expected: em dash, name, base64)');
  }
  const bytes = fromBase64(line.slice(space + 1));
  if (bytes.length <= 4) {
    throw new Malformed(`signature of ${bytes.length} bytes (expected: at least 5)`);
  }
  return {
    name: checkedName(line.slice(DASH.length, space)),
    keyId: Number(bigEndian(bytes.subarray(0, 4))),
    bytes: bytes.subarray(4),
  };
}

function checkedName(name) {
  if (name === '' || FORBIDDEN_IN_NAMES.test(name)) {
    throw new Malformed('key name (expected: at least 1 character, none a space, plus or control character)');
  }
  return name;
}

/** Reads a verifier key, name+id+key. */
export async function parseKey(vkey) {
  const [name, id, ...rest] = vkey.split('+');
  if (rest.length === 0) {
    throw new Malformed('not a verifier key (expected: name+id+key)');
  }
  const typed = fromBase64(rest.join('+'));
  if (typed[0] !== LOG_KEY && typed[0] !== WITNESS_KEY) {
    throw new Malformed('verifier key of another type (expected: 1 Ed25519 or 4 cosignature)');
  }
  const key = await keyOf(name, typed[0], typed.subarray(1));
  if (key.id.toString(16).padStart(8, '0') !== id) {
    throw new Malformed('verifier key with an id that is not its own');
  }
  return key;
}

/** The key called {@code name} of 32 raw bytes. */
export async function keyOf(name, type, bytes) {
  if (bytes.length !== 32 || !isEd25519Point(bytes)) {
    throw new Malformed('not an Ed25519 public key');
  }
  const preimage = concat(utf8(checkedName(name)), new Uint8Array([0x0a, type]), bytes);
  const id = Number(bigEndian(sha256(preimage).subarray(0, 4)));
  return { name, type, id, bytes, crypto: await ed25519Key(bytes) };
}

/** Whether a signature names the key. */
export function isBy(key, signature) {
  return key.name === signature.name && key.id === signature.keyId;
}

/** Whether the key made a signature under the text. */
export async function verifies(key, text, signature) {
  if (key.type === LOG_KEY) {
    return verifyEd25519(key.crypto, utf8(text), signature);
  }
  if (signature.length !== 72 || signature[0] > 0x7f) { // a time beyond 2^63 - 1
    return false;
  }
  const message = utf8(`cosignature/v1\ntime ${bigEndian(signature.subarray(0, 8))}\n${text}`);
  return verifyEd25519(key.crypto, message, signature.subarray(8));
}

/** When a verified cosignature was made, in seconds since 1970. */
export function cosignedAt(signature) {
  return Number(bigEndian(signature.bytes.subarray(0, 8)));
}

/**
 * Verifies the signatures of known keys and ignores all others. One failing signature by a known key refuses the note.
 *
 * @returns {Promise<{signatures: object[]} | {reason: string}>}
 */
export async function verifyNote(note, keys) {
  const signatures = [];
  for (const signature of note.signatures) {
    for (const key of keys.filter((known) => isBy(known, signature))) {
      if (!(await verifies(key, note.text, signature.bytes))) {
        return { reason: `the signature by ${key.name} does not verify` };
      }
      signatures.push(signature);
    }
  }
  return signatures.length === 0 ? { reason: 'no signature by a known key' } : { signatures };
}

/** Reads the text of a note as a checkpoint. */
export function parseCheckpoint(text) {
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : [];
  if (lines.length < 3 || lines.some((line) => line === '' || CONTROL.test(line))) {
    throw new Malformed('not a checkpoint (expected: lines origin, size, root)');
  }
  const [origin, size, root] = lines;
  const hash = fromBase64(root);
  if (hash.length !== 32) {
    throw new Malformed('checkpoint with a malformed root');
  }
  return { origin, size: decimal(size), root: hash };
}
