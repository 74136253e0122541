/** What somebody who asks signs, in words that are made of its bytes, by action. */

import { decode } from '../base64url.js';
import { termsInWords } from '../terms.js';
import { time } from '../text.js';

/** Each takes the page's messages, the transaction and its draft. */
export const asking = {
  async request(word, transaction, draft) {
    const { patient, from, until, grant } = transaction.arguments;
    return [
      word('script.sign.request', patient),
      ...termsInWords(word, await transaction.terms(decode(draft.terms))),
      word('script.sign.period', time(from * 1000), time(until * 1000)),
      word('script.sign.subject', grant),
    ];
  },

  async withdraw(word, transaction) {
    return [word('script.sign.withdraw'), word('script.sign.subject', transaction.arguments.grant)];
  },

  async 'break-glass'(word, transaction) {
    const { patient, reason, until, emergency } = transaction.arguments;
    return [
      word('script.sign.break-glass', patient),
      word('script.sign.reason', word(`script.reason.${reason}`)),
      word('script.sign.until', time(until * 1000)),
      word('script.sign.told'),
      word('script.sign.due'),
      word('script.sign.subject', emergency),
    ];
  },

  async justify(word, transaction, draft) {
    return [
      word('script.sign.justify'),
      await transaction.justification(decode(draft.salt), draft.text),
      word('script.sign.subject', transaction.arguments.emergency),
    ];
  },
};
