/**
 * <proof-state receipt="URL" resource="URL" base="URL" trust="URL">: fetches a receipt, and the FHIR resource that it is
 * about where one is named, verifies both in this browser, and tells in words what came out. The attribute {@code state} then
 * is verified, refused, unsupported or failed, until then pending; the event {@code proof} says the same.
 */

import { text, time } from './text.js';
import { verifyReceipt } from './verify/verifier.js';

const TRIES = 30;
const policies = new Map();

class ProofState extends HTMLElement {
  #status = document.createElement('span');

  connectedCallback() {
    if (this.#status.isConnected) {
      return;
    }
    this.#status.role = 'status';
    this.prepend(this.#status, ' ');
    this.#show('pending', text(this, 'pending'));
    this.#check().catch(() => this.#show('failed', text(this, 'failed')));
  }

  async #check() {
    const [receipt, resource, trust] = await Promise.all([this.#receipt(), this.#resource(), this.#trust()]);
    const base = this.getAttribute('base');
    const found = await verifyReceipt({ receipt, resource, trust, bases: base ? [base] : [] });
    if (found.unsupported) {
      this.#show('unsupported', text(this, 'unsupported'));
    } else if (found.verified) {
      this.#show('verified', `✓ ${text(this, 'verified', time(found.time), found.height)}`);
    } else {
      this.#show('refused', `✗ ${text(this, 'refused', found.reason)}`);
    }
  }

  /** The receipt, as soon as there is one: a record's only exists once the ledger has the record log's head. */
  async #receipt() {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const answer = await fetchOk(this.getAttribute('receipt'));
      if (answer.status === 200) {
        return answer.text();
      }
      this.#show('pending', text(this, 'waiting'));
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    throw new Error('no receipt in time');
  }

  async #resource() {
    const url = this.getAttribute('resource');
    return url ? new Uint8Array(await (await fetchOk(url)).arrayBuffer()) : undefined;
  }

  #trust() {
    const url = this.getAttribute('trust');
    if (!policies.has(url)) {
      policies.set(url, fetchOk(url).then((answer) => answer.text()));
    }
    return policies.get(url);
  }

  #show(state, words) {
    this.#status.textContent = words;
    this.#status.className = { verified: 'good', refused: 'bad' }[state] ?? 'quiet';
    this.setAttribute('state', state);
    this.dispatchEvent(new CustomEvent('proof', { bubbles: true, detail: { state } }));
  }
}

async function fetchOk(url) {
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`${url} answered ${answer.status}`);
  }
  return answer;
}

customElements.define('proof-state', ProofState);
