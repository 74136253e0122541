/** Has the passkey sign who reads, for the custodian; then the page can be read for some minutes. */

import { failure, post, words } from '../door.js';
import { confirmed } from '../signing-dialog.js';
import { ClientAssertion } from './client-assertion.js';

const form = document.getElementById('reading');
const button = form.querySelector('button');
const status = document.getElementById('reading-status');
const word = await words();

async function read() {
  const draft = await post(`${form.action}/drafts`, {});
  const assertion = new ClientAssertion(draft);
  if (!(await confirmed(word, [word('script.reading', assertion.audience), word('script.reading.once')]))) {
    status.textContent = word('script.sign.cancelled');
    return;
  }
  await post(form.action, await assertion.sign(draft.relyingParty, draft.credential));
  location.reload();
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  button.disabled = true;
  status.textContent = word('script.wait');
  try {
    await read();
  } catch (error) {
    status.textContent = word(failure(error));
  }
  button.disabled = false;
});

button.disabled = false;
