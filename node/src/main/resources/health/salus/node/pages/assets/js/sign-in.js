import { decode, encode } from './base64url.js';
import { failure, post, words } from './door.js';
import { assert } from './passkeys.js';

const form = document.getElementById('sign-in');
const button = form.querySelector('button');
const status = document.getElementById('sign-in-status');
const word = await words();

/** SHA-256("salus-sign-in-v1", 0, nonce): whatever the node gives as nonce, this is no transaction. */
async function challengeOf(nonce) {
  const domain = new TextEncoder().encode('salus-sign-in-v1\0');
  const text = new Uint8Array([...domain, ...decode(nonce)]);
  return crypto.subtle.digest('SHA-256', text);
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  button.disabled = true;
  status.textContent = word('script.wait');
  try {
    const { nonce, relyingParty } = await post(`${form.action}/challenge`, {});
    const { rawId, response } = await assert(await challengeOf(nonce), relyingParty);
    const { home } = await post(form.action, {
      nonce,
      credential: encode(rawId),
      userHandle: encode(response.userHandle),
      authenticatorData: encode(response.authenticatorData),
      clientData: encode(response.clientDataJSON),
      signature: encode(response.signature),
    });
    location.assign(home);
  } catch (error) {
    status.textContent = word(failure(error));
    button.disabled = false;
  }
});

button.disabled = false;
