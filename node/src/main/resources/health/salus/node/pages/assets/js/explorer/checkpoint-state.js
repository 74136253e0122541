/** <checkpoint-state checkpoint="URL" trust="URL">: verifies a checkpoint's signatures in this browser and tells the result. */

import { text } from '../text.js';
import { verifyCheckpoint } from '../verify/verifier.js';

class CheckpointState extends HTMLElement {
  connectedCallback() {
    this.role = 'status';
    this.#show('pending', 'quiet', text(this, 'pending'));
    this.#check().catch(() => this.#show('failed', 'quiet', text(this, 'failed')));
  }

  async #check() {
    const [checkpoint, trust] = await Promise.all(
      ['checkpoint', 'trust'].map(async (name) => (await fetch(this.getAttribute(name))).text()),
    );
    const found = await verifyCheckpoint({ checkpoint, trust });
    if (found.unsupported) {
      this.#show('unsupported', 'quiet', text(this, 'unsupported'));
    } else if (found.verified) {
      const names = Object.keys(found.cosigners).sort().join(', ') || '–';
      this.#show('verified', 'good', `✓ ${text(this, 'verified', names, found.size)}`);
    } else {
      this.#show('refused', 'bad', `✗ ${text(this, 'refused', found.reason)}`);
    }
  }

  #show(state, look, words) {
    this.setAttribute('state', state);
    this.className = look;
    this.textContent = words;
  }
}

customElements.define('checkpoint-state', CheckpointState);
