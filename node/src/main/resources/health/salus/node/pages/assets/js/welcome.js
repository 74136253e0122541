/** Makes a passkey with the code in the page's fragment; the form's data-invitation says for what. */

import { failure, post, words } from './door.js';
import { numberOfKey } from './key-number.js';
import { create } from './passkeys.js';

const form = document.getElementById('welcome');
const { invitation } = form.dataset;
const button = form.querySelector('button');
const status = document.getElementById('welcome-status');
const done = document.getElementById('welcome-done');
const word = await words();

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  button.disabled = true;
  status.textContent = word('script.wait');
  try {
    const code = location.hash.slice(1);
    const options = await post(`${form.action}/challenge`, { code });
    let point;
    const made = await create(options, form.elements.holder?.value || options.name, (key) => { point = key; });
    await post(form.action, { code, challenge: options.challenge, ...made });
    history.replaceState(null, '', location.pathname); // the code is used up
    status.textContent = word(`script.${invitation}.done`, await numberOfKey(point));
    button.hidden = true;
    done.hidden = false;
    done.focus();
  } catch (error) {
    status.textContent = word(error.status === 404 ? `script.${invitation}.no-invitation` : failure(error));
    button.disabled = false;
  }
});

if (location.hash.length > 1) {
  button.disabled = false;
} else {
  status.textContent = word('script.welcome.no-code');
}
