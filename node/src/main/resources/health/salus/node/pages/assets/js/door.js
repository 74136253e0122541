/** Talks to the page's own node. */

/** An answer that is no success. */
export class Refused extends Error {
  constructor(status) {
    super(`status ${status}`);
    this.status = status;
  }
}

/** Posts to a path, with the page's token against forged requests; answers JSON. @throws {Refused} */
export async function post(path, body) {
  const text = typeof body === 'string';
  const response = await fetch(path, {
    method: 'POST',
    headers: {
      'Content-Type': text ? 'application/jose' : 'application/json',
      'X-XSRF-TOKEN': document.querySelector('input[name=_csrf]').value,
    },
    body: text ? body : JSON.stringify(body),
    redirect: 'error',
  });
  if (!response.ok) throw new Refused(response.status);
  return response.json();
}

/** The page's messages for modules, by key. */
export async function words() {
  const language = document.documentElement.lang;
  const response = await fetch(`/portal/words?lang=${language}`);
  if (!response.ok) throw new Refused(response.status);
  const known = await response.json();
  return (key, ...values) =>
    values.reduce((text, value, place) => text.replaceAll(`{${place}}`, value), known[key] ?? key.split('.').at(-1));
}

/** Which message tells what went wrong. */
export function failure(error) {
  if (error instanceof Refused) {
    const known = { 401: 'not-recognised', 404: 'not-found', 409: 'conflict', 429: 'too-many', 503: 'unavailable' };
    return `script.failed.${known[error.status] ?? 'refused'}`;
  }
  if (error instanceof DOMException && error.name === 'InvalidStateError') return 'script.failed.has-one';
  return error instanceof DOMException ? 'script.failed.passkey' : 'script.failed.unknown';
}
