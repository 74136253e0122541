/** Verifies apart from the page, so that a thousand proofs don't freeze it. One message in, one out, by id. */

import * as checks from './verify.js';

addEventListener('message', async ({ data: { id, check, request } }) => {
  try {
    postMessage({ id, result: await checks[check](request) });
  } catch (e) {
    postMessage({ id, error: String(e) });
  }
});
