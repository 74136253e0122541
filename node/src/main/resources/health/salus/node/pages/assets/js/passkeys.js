/** What the portal asks of authenticators: ES256, discoverable, with the user verified, no attestation, no extensions. */

import { decode, encode } from './base64url.js';

/** Makes a passkey. @param {{challenge, relyingParty, name, userHandle, credential?}} options from the node */
export async function create(options) {
  const { response } = await navigator.credentials.create({
    publicKey: {
      challenge: decode(options.challenge),
      rp: { id: options.relyingParty, name: options.name },
      user: { id: decode(options.userHandle), name: options.name, displayName: options.name },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      excludeCredentials: options.credential ? [{ type: 'public-key', id: decode(options.credential) }] : [],
      attestation: 'none',
    },
  });
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
