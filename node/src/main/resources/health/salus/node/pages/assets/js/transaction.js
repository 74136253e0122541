/**
 * A transaction that a passkey is asked to sign. What is shown comes from the bytes that are signed, and the challenge is
 * computed from them here, so a node can't have one thing shown and another signed.
 */

import { decode, encode } from './base64url.js';
import { assert } from './passkeys.js';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n; // of P-256, FIPS 186-5
const TERMS_DOMAIN = 'salus-terms-v1\0';
const text = new TextEncoder();

export class Transaction {
  #payload;
  #header;

  /** @param {{payload: string, kid: string}} draft from the node, base64url */
  constructor(draft) {
    this.#payload = draft.payload;
    this.#header = encode(text.encode(`{"alg":"WebAuthn-ES256","kid":"${draft.kid}","typ":"salus+jws"}`));
    const body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(decode(draft.payload)));
    this.contract = body.contract;
    this.action = body.action;
    this.arguments = body.arguments;
    this.expires = body.expires;
  }

  /** The terms that this approval commits to. @throws where the bytes are others */
  async terms(bytes) {
    const digest = await sha256(new Uint8Array([...text.encode(TERMS_DOMAIN), ...bytes]));
    if (this.action !== 'approve' || encode(digest) !== this.arguments.terms) {
      throw new Error('terms that the transaction does not commit to');
    }
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  }

  /** Has the passkey sign it; answers the compact JWS. */
  async sign(relyingParty, credential) {
    const input = `${this.#header}.${this.#payload}`;
    const { response } = await assert(await sha256(text.encode(input)), relyingParty, credential);
    const assertion = new Uint8Array([
      ...new Uint8Array(response.authenticatorData),
      ...rawSignature(new Uint8Array(response.signature)),
      ...new Uint8Array(response.clientDataJSON),
    ]);
    return `${input}.${encode(assertion)}`;
  }
}

async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** r ‖ s of an ECDSA-Sig-Value in DER, with the lower s. */
function rawSignature(der) {
  let at = 2;
  const integer = () => {
    const length = der[at + 1];
    const bytes = der.slice(at + 2, at + 2 + length);
    at += 2 + length;
    return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  };
  const r = integer();
  const s = integer();
  return new Uint8Array([...coordinate(r), ...coordinate(s > ORDER / 2n ? ORDER - s : s)]);
}

function coordinate(value) {
  return Uint8Array.from(value.toString(16).padStart(64, '0').match(/../g), (digits) => parseInt(digits, 16));
}
