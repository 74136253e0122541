/** What the portal asks of authenticators: ES256, discoverable, with the user verified, no attestation, no extensions. */

import { decode, encode } from './base64url.js';

/**
 * Makes a passkey.
 *
 * @param {{challenge, relyingParty, name, userHandle, credential?}} options from the node
 * @param {string} holder how the authenticator shows whose it is; the node does not get it
 * @param {(point: Uint8Array) => void} made is given the public key, x ‖ y
 */
export async function create(options, holder = options.name, made = () => {}) {
  const { response } = await navigator.credentials.create({
    publicKey: {
      challenge: decode(options.challenge),
      rp: { id: options.relyingParty, name: options.name },
      user: { id: decode(options.userHandle), name: holder, displayName: holder },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      excludeCredentials: options.credential ? [{ type: 'public-key', id: decode(options.credential) }] : [],
      attestation: 'none',
    },
  });
  made(new Uint8Array(response.getPublicKey()).slice(-64));
  return { attestationObject: encode(response.attestationObject), clientData: encode(response.clientDataJSON) };
}

/** Has a passkey sign a challenge: the one named, or whichever the user chooses. */
export function assert(challenge, relyingParty, credential) {
  return navigator.credentials.get({
    publicKey: {
      challenge,
      rpId: relyingParty,
      allowCredentials: credential ? [{ type: 'public-key', id: decode(credential) }] : [],
      userVerification: 'required',
    },
  });
}
