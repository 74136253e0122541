/** Encodings with one spelling for each value: whatever these functions read, they would write the same way. */

/** Input that cannot be read; the message quotes none of it. */
export class Malformed extends Error {}

const encoder = new TextEncoder();

/** UTF-8 of a string. */
export function utf8(text) {
  return encoder.encode(text);
}

/** One array with the bytes of all. */
export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether both have the same bytes. */
export function equal(a, b) {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Padded base64 (RFC 4648 §4). */
export function base64(bytes) {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}

/** Reads padded base64. */
export function fromBase64(text) {
  let binary;
  try {
    binary = atob(text);
  } catch {
    throw new Malformed('malformed base64');
  }
  if (btoa(binary) !== text) { // atob tolerates spaces, missing padding and stray bits
    throw new Malformed('base64 that is not in its one spelling');
  }
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

/** Unpadded base64url (RFC 4648 §5). */
export function base64url(bytes) {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Reads unpadded base64url. */
export function fromBase64url(text) {
  if (!/^[\w-]*$/.test(text)) {
    throw new Malformed('malformed base64url');
  }
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4));
}

/** Reads the 32 bytes of a digest in base64url. */
export function digestOf(text) {
  const bytes = typeof text === 'string' ? fromBase64url(text) : new Uint8Array();
  if (bytes.length !== 32) {
    throw new Malformed('not a digest in base64url (expected: 43 characters, no padding)');
  }
  return bytes;
}

/** The number that bytes are, big-endian. */
export function bigEndian(bytes) {
  return bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

/** Reads a decimal below 2^63 without leading zeroes. */
export function decimal(digits) {
  const number = /^(0|[1-9][0-9]{0,18})$/.test(digits) ? BigInt(digits) : -1n;
  if (number < 0n || number >= 1n << 63n) {
    throw new Malformed('not a decimal below 2^63 without leading zeroes');
  }
  return number;
}
