/** Keeps #live up to date: when the ledger's status has changed, that part of the page is fetched again. */

const EVERY = 3000;

const toggle = document.getElementById('live-switch');
const state = document.getElementById('live-state');
let seen;

toggle.closest('label').hidden = false;
setInterval(refresh, EVERY);

async function refresh() {
  if (!toggle.checked || document.hidden) {
    return;
  }
  const part = document.getElementById('live');
  try {
    const { height, final } = await json(part.dataset.live);
    const now = `${height} ${final}`;
    if (seen !== undefined && now !== seen) {
      const page = new DOMParser().parseFromString(await (await ok(location.href)).text(), 'text/html');
      part.replaceWith(document.adoptNode(page.getElementById('live')));
    }
    seen = now;
    state.textContent = '';
  } catch {
    state.textContent = part.dataset.failed;
  }
}

async function json(url) {
  return (await ok(url)).json();
}

async function ok(url) {
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`${url} answered ${answer.status}`);
  }
  return answer;
}
