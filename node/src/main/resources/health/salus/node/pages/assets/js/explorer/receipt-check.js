/** <receipt-check>: verifies a receipt that somebody chose or dropped, with its record if that is there. Sends nothing. */

import { text, time } from '../text.js';
import { verifyReceipt } from '../verify/verifier.js';

class ReceiptCheck extends HTMLElement {
  #receipt;
  #resource;
  #turn = 0;

  connectedCallback() {
    this.hidden = false;
    this.#input('receipt').addEventListener('change', ({ target }) => this.#take({ receipt: target.files[0] }));
    this.#input('resource').addEventListener('change', ({ target }) => this.#take({ resource: target.files[0] }));
    this.#input('trust').addEventListener('change', () => this.#take({}));
    this.#input('base').addEventListener('change', () => this.#take({}));
    document.addEventListener('dragover', (event) => event.preventDefault());
    document.addEventListener('drop', (event) => {
      event.preventDefault();
      this.#drop([...event.dataTransfer.files]);
    });
  }

  #input(id) {
    return this.querySelector(`#${id}`);
  }

  async #drop(files) {
    for (const file of files) {
      const isReceipt = (await file.slice(0, 6).text()) === 'salus-';
      this.#take(isReceipt ? { receipt: file } : { resource: file });
    }
  }

  async #take({ receipt = this.#receipt, resource = this.#resource }) {
    this.#receipt = receipt;
    this.#resource = resource;
    if (!receipt) {
      return;
    }
    const turn = ++this.#turn;
    this.#show('pending', text(this, 'pending'));
    const [state, ...sentences] = await this.#check().catch(() => ['failed', text(this, 'failed')]);
    if (turn === this.#turn) { // not if another file was taken since
      this.#show(state, ...sentences);
    }
  }

  async #check() {
    const base = this.#input('base').value.trim();
    const found = await verifyReceipt({
      receipt: new TextDecoder('utf-8', { ignoreBOM: true }).decode(await this.#receipt.arrayBuffer()),
      resource: this.#resource && new Uint8Array(await this.#resource.arrayBuffer()),
      trust: this.#input('trust').value,
      bases: base ? [base] : [],
    });
    if (found.unsupported) {
      return ['unsupported', text(this, 'unsupported')];
    }
    if (!found.verified) {
      return ['refused', `✗ ${text(this, 'refused', found.reason)}`];
    }
    const witnesses = found.cosigners.length > 0
      ? text(this, 'cosigned', found.origin, found.size, found.cosigners.join(', '))
      : text(this, 'logOnly', found.origin, found.size);
    return ['verified', ...(found.kind === 'record' ? this.#ofRecord(found) : this.#ofTransaction(found)), witnesses];
  }

  #ofRecord({ version, time: millis, height, entry, compared }) {
    return [
      `✓ ${text(this, 'record', version, time(millis), height, entry)}`,
      text(this, compared ? 'compared' : 'notCompared'),
    ];
  }

  #ofTransaction({ transaction, index, height, time: millis, rejection }) {
    return [
      `✓ ${text(this, 'transaction', transaction, index, height, time(millis))}`,
      rejection ? text(this, 'rejected', rejection) : text(this, 'accepted'),
    ];
  }

  #show(state, ...sentences) {
    this.setAttribute('state', state);
    const verdict = this.querySelector('#verdict');
    verdict.replaceChildren(...sentences.map((sentence) => {
      const paragraph = document.createElement('p');
      paragraph.textContent = sentence;
      return paragraph;
    }));
    verdict.firstElementChild.className = { verified: 'good', refused: 'bad' }[state] ?? 'quiet';
  }
}

customElements.define('receipt-check', ReceiptCheck);
