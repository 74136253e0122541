/** The checks of verify.js, done by a worker of this page. */

let worker;
let last = 0;
const waiting = new Map();

/** {@code verifyReceipt} of verify.js. */
export function verifyReceipt(request) {
  return ask('verifyReceipt', request);
}

/** {@code verifyCheckpoint} of verify.js. */
export function verifyCheckpoint(request) {
  return ask('verifyCheckpoint', request);
}

function ask(check, request) {
  worker ??= start();
  return new Promise((resolve, reject) => {
    const id = ++last;
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, check, request });
  });
}

function start() {
  const started = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data: { id, result, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    return error ? reject(new Error(error)) : resolve(result);
  });
  started.addEventListener('error', () => {
    waiting.forEach(({ reject }) => reject(new Error('the verifying worker did not start')));
    waiting.clear();
  });
  return started;
}
