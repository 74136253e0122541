/** The number of a key, which people compare: its JWK thumbprint (RFC 7638) modulo 10²⁰, in groups of five digits. */

import { encode } from './base64url.js';

/** @param {Uint8Array} thumbprint */
export function numberOf(thumbprint) {
  const value = thumbprint.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return (value % 10n ** 20n).toString().padStart(20, '0').match(/.{5}/g).join(' ');
}

/** Number of the P-256 key x ‖ y. @param {Uint8Array} point 64 bytes */
export async function numberOfKey(point) {
  const [x, y] = [encode(point.slice(0, 32)), encode(point.slice(32))];
  const json = new TextEncoder().encode(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`);
  return numberOf(new Uint8Array(await crypto.subtle.digest('SHA-256', json)));
}
