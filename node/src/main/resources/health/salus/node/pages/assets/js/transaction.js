/**
 * A transaction that a passkey is asked to sign. What is shown comes from the bytes that are signed, and the challenge is
 * computed from them here, so a node can't have one thing shown and another signed.
 */

import { decode, encode } from './base64url.js';
import { assert } from './passkeys.js';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n; // of P-256, FIPS 186-5
const TERMS_DOMAIN = 'salus-terms-v1\0';
const JUSTIFICATION_DOMAIN = 'salus-justification-v1\0';
const text = new TextEncoder();

export class Transaction {
  #draft;

  /** @param {{payload: string, kid: string}} draft from the node, base64url */
  constructor(draft) {
    this.#draft = draft;
    const body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(decode(draft.payload)));
    this.contract = body.contract;
    this.action = body.action;
    this.arguments = body.arguments;
    this.expires = body.expires;
  }

  /** The terms that this request or approval commits to. @throws where the bytes are others */
  async terms(bytes) {
    const digest = await sha256(new Uint8Array([...text.encode(TERMS_DOMAIN), ...bytes]));
    if (!['approve', 'request'].includes(this.action) || encode(digest) !== this.arguments.terms) {
      throw new Error('terms that the transaction does not commit to');
    }
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  }

  /** The text that this justification commits to. @throws where it is another */
  async justification(salt, words) {
    const digest = await sha256(
      new Uint8Array([...text.encode(JUSTIFICATION_DOMAIN), ...salt, ...text.encode(words)]));
    if (this.action !== 'justify' || salt.length !== 32 || encode(digest) !== this.arguments.justification) {
      throw new Error('a justification that the transaction does not commit to');
    }
    return words;
  }

  /** Has the passkey sign it; answers the compact JWS. */
  sign(relyingParty, credential) {
    return signed(this.#draft, relyingParty, credential);
  }
}

/** Has the passkey sign the payload of a draft; answers the compact JWS. */
export async function signed(draft, relyingParty, credential) {
  const header = encode(text.encode(`{"alg":"WebAuthn-ES256","kid":"${draft.kid}","typ":"salus+jws"}`));
  const input = `${header}.${draft.payload}`;
  const { response } = await assert(await sha256(text.encode(input)), relyingParty, credential);
  const assertion = new Uint8Array([
    ...new Uint8Array(response.authenticatorData),
    ...rawSignature(new Uint8Array(response.signature)),
    ...new Uint8Array(response.clientDataJSON),
  ]);
  return `${input}.${encode(assertion)}`;
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
