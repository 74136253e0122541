/**
 * Takes what a session showed off the screen when the session is over: after sign-out in any tab of this browser, and after the
 * silence for which the node ends it. The node is not asked, since that would keep the session alive.
 */

const SILENCE_MILLIS = 15 * 60 * 1000; // PageSession.LONGEST_SILENCE
const CHECK_MILLIS = 10 * 1000;

const signOut = document.querySelector('form[data-sign-out]');
const tabs = new BroadcastChannel(`salus ${signOut.action}`);
let used = Date.now();

function end() {
  clearInterval(clock);
  document.body.replaceChildren(document.getElementById('session-over').content.cloneNode(true));
}

const clock = setInterval(() => {
  if (Date.now() - used >= SILENCE_MILLIS) {
    end();
  }
}, CHECK_MILLIS);

tabs.addEventListener('message', ({ data }) => {
  if (data === 'end') {
    end();
  } else {
    used = Date.now();
  }
});
signOut.addEventListener('submit', () => tabs.postMessage('end'));
tabs.postMessage('used');
