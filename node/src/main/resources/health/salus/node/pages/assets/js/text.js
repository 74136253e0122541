/** Texts that the server put into data attributes, in the reader's language, with places {0}, {1}, … */

/** The text of {@code data-<name>} with its places filled. */
export function text(element, name, ...values) {
  return values.reduce((filled, value, at) => filled.replaceAll(`{${at}}`, value), element.dataset[name]);
}

/** A time in milliseconds since 1970, as the page's language writes it. */
export function time(millis) {
  const options = { dateStyle: 'medium', timeStyle: 'long' };
  return new Date(millis).toLocaleString(document.documentElement.lang || undefined, options);
}
