/**
 * A client assertion (RFC 7523 §3) that a passkey is asked to sign: it gets a token at the address that it names, and does nothing
 * else. A node can't have a transaction signed in its place.
 */

import { decode } from '../base64url.js';
import { signed } from '../transaction.js';

const CLAIMS = 'aud,exp,iss,jti,sub';

export class ClientAssertion {
  #draft;

  /** @param {{payload: string, kid: string}} draft from the node, base64url @throws where it is something else */
  constructor(draft) {
    const claims = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(decode(draft.payload)));
    if (Object.keys(claims).sort().join() !== CLAIMS || claims.iss !== draft.kid || claims.sub !== draft.kid) {
      throw new Error('a draft of something else than an assertion');
    }
    this.#draft = draft;
    /** Where it is shown. */
    this.audience = claims.aud;
  }

  /** Has the passkey sign it; answers the compact JWS. */
  sign(relyingParty, credential) {
    return signed(this.#draft, relyingParty, credential);
  }
}
