/** Lets the forms of class signing be decided with a passkey: drafts, shows what will be signed, signs, submits. */

import { decode } from './base64url.js';
import { failure, post, words } from './door.js';
import { numberOf, numberOfKey } from './key-number.js';
import { create } from './passkeys.js';
import { confirmed } from './signing-dialog.js';
import { asking } from './staff/asking.js';
import { termsInWords } from './terms.js';
import { Transaction } from './transaction.js';

const status = document.getElementById('signing-status');
const word = await words();

/** Whether an action is one of those who ask. */
const isAsking = (action) => Object.hasOwn(asking, action);

/** How many of which guardians, each by the number of its key; their names are what the node says. */
async function guardiansInWords({ guardians, threshold }, names) {
  const lines = [word('script.sign.name-guardians', threshold, guardians.length)];
  for (const { key } of guardians) {
    lines.push(word('script.sign.guardian', names[key] ?? '–', await numberOfKey(decode(key))));
  }
  return lines;
}

/** The proposal of a key in words; whoever signs has compared the key's number with the patient's. */
async function rotationInWords({ action, arguments: { key, kid } }) {
  const number = key ? await numberOfKey(decode(key)) : numberOf(decode(kid));
  return [word(`script.sign.${action}`), word('script.sign.key', number)];
}

/** What is about to be signed, from its own bytes; who asks is what the node says of the grant that they name. */
async function inWords(transaction, draft) {
  if (transaction.contract !== 'access') throw new Error('a transaction of another contract');
  if (transaction.action === 'name-guardians') return guardiansInWords(transaction.arguments, draft.names);
  if (transaction.action.endsWith('-rotation')) return rotationInWords(transaction);
  if (isAsking(transaction.action)) return asking[transaction.action](word, transaction, draft);
  const { grant, emergency, kid, origin, finding } = transaction.arguments;
  const subject = grant ?? emergency ?? kid ?? origin;
  const lines = [word(`script.sign.${transaction.action}`, draft.requester ?? '')];
  if (transaction.action === 'approve') lines.push(...termsInWords(word, await transaction.terms(decode(draft.terms))));
  if (finding) lines.push(word('script.sign.finding', word(`finding.${finding}`)));
  lines.push(word('script.sign.subject', subject));
  return lines;
}

/** What was filled in, by name; checkboxes as lists of what was chosen. */
function filledIn(form) {
  const fields = {};
  for (const { name, type, value, checked } of form.elements) {
    if (!name || name === '_csrf') continue;
    if (type === 'checkbox') fields[name] = [...(fields[name] ?? []), ...(checked ? [value] : [])];
    else if (type !== 'radio' || checked) fields[name] = value;
  }
  return fields;
}

/** The guardians that are chosen in a form, by their keys, and how many of them it takes. */
function chosen(form) {
  const guardians = [...form.querySelectorAll('input[name=guardian]:checked')].map((input) => input.value);
  return { guardians, threshold: Number(form.elements.threshold.value) };
}

async function draftFor(form) {
  if (form.dataset.action === 'name-guardians') return post(form.dataset.drafts, chosen(form));
  if (isAsking(form.dataset.action)) return post(form.dataset.drafts, filledIn(form));
  if (form.dataset.action !== 'add-key') {
    const { action, subject, choice = '' } = form.dataset;
    return post(`${form.action}/drafts`, { action, subject, choice });
  }
  const passkeys = form.dataset.passkeys;
  const options = await post(`${passkeys}/challenge`, {});
  const made = await create(options);
  return post(`${passkeys}/drafts`, { challenge: options.challenge, ...made });
}

async function decide(form) {
  const draft = await draftFor(form);
  const transaction = new Transaction(draft);
  if (transaction.action !== form.dataset.action) throw new Error('a draft of another action');
  if (!(await confirmed(word, await inWords(transaction, draft)))) {
    status.textContent = word('script.sign.cancelled');
    return;
  }
  const { id, outcome } = await post(form.action, await transaction.sign(draft.relyingParty, draft.credential));
  if (outcome === 'accepted') {
    location.assign(`${form.dataset.then ?? location.pathname}?signed=${id}`);
  } else {
    status.textContent = word('script.sign.rejected', outcome);
  }
}

for (const form of document.querySelectorAll('form.signing')) {
  const button = form.querySelector('button');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    status.textContent = word('script.wait');
    try {
      await decide(form);
    } catch (error) {
      status.textContent = word(failure(error));
    }
    button.disabled = false;
  });
  button.disabled = false;
}
