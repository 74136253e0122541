/** Ed25519 (RFC 8032) by the browser's WebCrypto. */

import { base64, bigEndian } from './bytes.js';

const P = (1n << 255n) - 19n;
const D = modulo(-121665n * power(121666n, P - 2n));
const points = new Map(); // keys seen before, since the same few are under everything

let supported;

/** Whether this browser can verify at all: needs a secure context, and Ed25519. */
export function isSupported() {
  supported ??= importsKeys();
  return supported;
}

async function importsKeys() {
  try {
    await ed25519Key(Uint8Array.of(0x58, ...new Uint8Array(31).fill(0x66))); // the base point
    return true;
  } catch {
    return false;
  }
}

/** A public key of 32 bytes for {@link verifyEd25519}. */
export function ed25519Key(bytes) {
  return crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify']);
}

/** Whether the key made the signature of 64 bytes. */
export async function verifyEd25519(key, message, signature) {
  return signature.length === 64 && crypto.subtle.verify('Ed25519', key, signature, message);
}

/**
 * Whether 32 bytes are a point of Ed25519 (RFC 8032 §5.1.3): little-endian y with the sign of x in the highest bit.
 * Computed here, since implementations differ in what they refuse and when.
 */
export function isEd25519Point(bytes) {
  const key = base64(bytes);
  if (!points.has(key)) {
    points.set(key, bytes.length === 32 && decodes(bytes));
  }
  return points.get(key);
}

function decodes(bytes) {
  const littleEndian = bigEndian(bytes.toReversed());
  const negative = littleEndian >> 255n === 1n;
  const y = littleEndian & ((1n << 255n) - 1n);
  if (y >= P) {
    return false; // step 1
  }
  const square = modulo(y * y);
  const u = modulo(square - 1n);
  const v = modulo(D * square + 1n); // never 0: -1/d is no square
  if (u === 0n) {
    return !negative; // step 4: x = 0 has no sign
  }
  return power(modulo(u * v), (P - 1n) / 2n) === 1n; // u/v is a square where u*v is
}

function modulo(number) {
  const rest = number % P;
  return rest < 0n ? rest + P : rest;
}

function power(base, exponent) {
  let result = 1n;
  for (let square = modulo(base); exponent > 0n; exponent >>= 1n) {
    result = exponent & 1n ? modulo(result * square) : result;
    square = modulo(square * square);
  }
  return result;
}
