/** Makes a passkey for the holder of a certificate, and tells the command that binds it. */

import { failure, post, words } from '../door.js';
import { create } from '../passkeys.js';

const form = document.getElementById('passkey');
const field = document.getElementById('certificate');
const button = form.querySelector('button');
const status = document.getElementById('passkey-status');
const made = document.getElementById('passkey-made');
if (location.hash.length > 1) field.value = location.hash.slice(1);
const word = await words();

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  button.disabled = true;
  status.textContent = word('script.wait');
  try {
    const certificate = field.value;
    const options = await post(`${form.action}/challenge`, { certificate });
    const answer = await create(options);
    const { key, origin } = await post(form.action, { certificate, challenge: options.challenge, ...answer });
    document.getElementById('passkey-command').textContent =
      `salus identity bind-passkey --passkey=${key} --origin ${origin} --keystore FILE --password-file FILE`;
    status.textContent = word('script.passkey.made');
    made.hidden = false;
    document.getElementById('passkey-bind').focus();
  } catch (error) {
    status.textContent = word(error.status === 404 ? 'script.passkey.no-certificate' : failure(error));
    button.disabled = false;
  }
});

button.disabled = false;
