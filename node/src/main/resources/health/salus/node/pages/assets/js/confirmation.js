/** Confirms what the code in the page's fragment stands for, when somebody says so: programs that look into mails press no button. */

import { failure, post, words } from './door.js';

const form = document.getElementById('confirmation');
const button = form.querySelector('button');
const status = document.getElementById('confirmation-status');
const word = await words();

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  button.disabled = true;
  status.textContent = word('script.wait');
  try {
    await post(form.action, { code: location.hash.slice(1) });
    history.replaceState(null, '', location.pathname); // the code is used up
    status.textContent = word('script.email.confirmed');
    button.hidden = true;
  } catch (error) {
    status.textContent = word(error.status === 404 ? 'script.email.no-code' : failure(error));
    button.disabled = false;
  }
});

if (location.hash.length > 1) {
  button.disabled = false;
} else {
  status.textContent = word('script.email.no-code');
}
