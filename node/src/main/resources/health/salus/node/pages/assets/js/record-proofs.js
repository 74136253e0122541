/**
 * <record-proofs source="URL" trust="URL" base="URL">: around a page of records. Fetches the stored bytes and receipts of what
 * carries {@code data-version}, all at once, verifies them in this browser, and says in words beside each what came out: its
 * attribute {@code data-state} is pending, then proven, waiting, altered, unsupported or failed.
 */

import { post } from './door.js';
import { text, time } from './text.js';
import { verifyReceipt } from './verify/verifier.js';

const SIGNS = { proven: '✓ ', altered: '✗ ' };
const LOOKS = { proven: 'good', altered: 'bad' };

class RecordProofs extends HTMLElement {
  #places = [];

  connectedCallback() {
    this.#places = [...this.querySelectorAll('[data-version]')];
    this.#places.forEach((place) => this.#show(place, 'pending'));
    this.#tell('checking', this.#places.length);
    this.#check().catch(() => this.#unfinished().forEach((place) => this.#show(place, 'failed'))).then(() => this.#sum());
  }

  async #check() {
    const versions = this.#places.map((place) => place.dataset.version);
    const [{ proofs, altered }, trust] = await Promise.all([post(this.getAttribute('source'), { versions }), this.#trust()]);
    const known = new Map(proofs.map((proof) => [proof.version, proof]));
    await Promise.all(this.#places.map(async (place) => {
      const { version } = place.dataset;
      if (altered.includes(version)) {
        this.#show(place, 'altered');
      } else {
        this.#show(place, ...(await this.#verdict(known.get(version), version, trust)));
      }
    }));
  }

  async #verdict({ resource, receipt }, version, trust) {
    if (!receipt) {
      return ['waiting'];
    }
    const bases = [this.getAttribute('base')];
    const found = await verifyReceipt({ receipt, resource: new TextEncoder().encode(resource), trust, bases });
    if (found.unsupported) {
      return ['unsupported'];
    }
    return found.verified && found.version === version ? ['proven', time(found.time), found.height] : ['altered'];
  }

  async #trust() {
    const answer = await fetch(this.getAttribute('trust'));
    if (!answer.ok) {
      throw new Error(`policy answered ${answer.status}`);
    }
    return answer.text();
  }

  #unfinished() {
    return this.#places.filter((place) => place.dataset.state === 'pending');
  }

  #show(place, state, ...values) {
    const words = place.firstElementChild;
    words.textContent = `${SIGNS[state] ?? ''}${text(this, state, ...values)}`;
    words.className = LOOKS[state] ?? 'quiet';
    place.dataset.state = state;
  }

  #sum() {
    const proven = this.#places.filter((place) => place.dataset.state === 'proven').length;
    this.#tell(proven === this.#places.length ? 'all' : 'some', proven, this.#places.length);
  }

  #tell(what, ...values) {
    this.querySelector('[role=status]').textContent = text(this, what, ...values);
  }
}

customElements.define('record-proofs', RecordProofs);
