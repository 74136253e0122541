/** Transactions of the ledger: compact JWS (RFC 7515 §3.1) of canonical JSON, signed by a key or by a passkey. */

import { Malformed, base64url, bigEndian, digestOf, fromBase64url, utf8 } from './bytes.js';
import { isObject, parseObject } from './canonical-json.js';
import { sha256 } from './sha256.js';

const MAX_CHARS = 32_768;
const MAX_CLIENT_DATA_BYTES = 1_024;
const LATEST = 253_402_300_799; // the year 9999
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HEADER = /^\{"alg":"(ES256|WebAuthn-ES256)","kid":"([\w-]{43})","typ":"salus\+jws"\}$/;
const CLIENT_DATA =
  /^\{"type":"webauthn\.get","challenge":"([\w-]{43})","origin":"[!#-[\]-\x7f]*","crossOrigin":false(?:\}|,[^]*\})$/;
const NETWORK = /^[a-z][a-z0-9-]{0,31}\.[0-9a-f]{16}$/;

/** Reads a compact JWS. Whether the signature holds the network has found out; here it only has to have its one spelling. */
export function parseTransaction(jws) {
  const parts = jws.split('.');
  if (jws.length > MAX_CHARS || parts.length !== 3) {
    throw new Malformed('not a compact JWS of this network');
  }
  const header = HEADER.exec(latin1(fromBase64url(parts[0])));
  if (!header) {
    throw new Malformed('JWS with another header');
  }
  const [, algorithm, kid] = header;
  digestOf(kid);
  checkProof(algorithm, fromBase64url(parts[2]));
  return {
    jws,
    kid,
    signingInput: `${parts[0]}.${parts[1]}`,
    body: parseBody(decoded(fromBase64url(parts[1]))),
  };
}

/** The id: SHA-256 of the signing input, in base64url. */
export function transactionId(transaction) {
  return base64url(sha256(utf8(transaction.signingInput)));
}

function decoded(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Malformed('JSON that is not UTF-8');
  }
}

function latin1(bytes) {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function parseBody(json) {
  const body = parseObject(json);
  if (!isObject(body, 'action', 'arguments', 'contract', 'expires', 'network', 'nonce')
      || !isText(body.action, /^[a-z][a-z0-9-]{0,39}$/)
      || !isObject(body.arguments)
      || !isText(body.contract, /^[a-z][a-z0-9-]{0,31}$/)
      || !Number.isInteger(body.expires) || body.expires < 0 || body.expires > LATEST
      || !isText(body.network, NETWORK)
      || !isText(body.nonce, /^[0-9a-f]{32}$/)) {
    throw new Malformed('malformed transaction');
  }
  return body;
}

function isText(value, pattern) {
  return typeof value === 'string' && pattern.test(value);
}

/**
 * A signature, or what a passkey answered: authenticator data (37 bytes, without credential and extensions), r ‖ s, client
 * data that say the challenge.
 */
function checkProof(algorithm, bytes) {
  if (algorithm === 'ES256') {
    return checkSignature(bytes);
  }
  const clientData = bytes.subarray(101);
  const [, challenge] = CLIENT_DATA.exec(latin1(clientData)) ?? [];
  if (bytes.length < 101 || (bytes[32] & 0xc0) !== 0 || clientData.length > MAX_CLIENT_DATA_BYTES || !challenge) {
    throw new Malformed('JWS with an assertion of another kind');
  }
  digestOf(challenge);
  return checkSignature(bytes.subarray(37, 101));
}

/** r ‖ s with 1 ≤ r < n and 1 ≤ s ≤ n/2 (FIPS 186-5 §6.4.2 step 1), so that a signature has one spelling. */
function checkSignature(bytes) {
  const r = bigEndian(bytes.subarray(0, 32));
  const s = bigEndian(bytes.subarray(32));
  if (bytes.length !== 64 || r === 0n || r >= ORDER || s === 0n || s > ORDER / 2n) {
    throw new Malformed('P-256 signature with r or s out of range');
  }
}
