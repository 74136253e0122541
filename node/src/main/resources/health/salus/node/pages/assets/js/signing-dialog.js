/** Shows on the page what is about to be signed, before the authenticator asks. */

function element(name, content, ...children) {
  const made = document.createElement(name);
  if (content) made.textContent = content;
  made.append(...children);
  return made;
}

/**
 * Whether the user goes on.
 *
 * @param word the page's messages, see door.js
 * @param {string[]} lines what will be signed, in words
 * @returns {Promise<boolean>}
 */
export function confirmed(word, lines) {
  return new Promise((resolve) => {
    const dialog = element('dialog');
    const heading = element('h2', word('script.sign.title'));
    heading.id = 'signing-title';
    dialog.setAttribute('aria-labelledby', heading.id);
    const yes = element('button', word('script.sign.confirm'));
    yes.className = 'primary';
    const no = element('button', word('script.sign.cancel'));
    yes.addEventListener('click', () => dialog.close('yes'));
    no.addEventListener('click', () => dialog.close(''));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    const row = element('div', '', yes, no);
    row.className = 'row';
    dialog.append(heading, element('ul', '', ...lines.map((line) => element('li', line))), row);
    document.body.append(dialog);
    dialog.showModal();
  });
}
