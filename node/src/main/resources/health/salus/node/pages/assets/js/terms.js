/** The terms of a grant in words. */

/** @param word the page's messages; a code that has none stands for itself */
export function termsInWords(word, terms) {
  const coded = (kind, code) => word(`${kind}.${code}`);
  const types = Object.entries(terms.scope.types).map(([type, categories]) =>
    categories.length
      ? `${coded('type', type)} (${categories.map((code) => coded('category', code)).join(', ')})`
      : coded('type', type));
  const lines = [
    word('script.sign.purpose', coded('purpose', terms.purpose)),
    word('script.sign.types', types.join('; ')),
    word('script.sign.interactions', terms.scope.interactions.map((code) => coded('interaction', code)).join(', ')),
  ];
  if (terms.scope.labels.length) {
    lines.push(word('script.sign.labels', terms.scope.labels.map((code) => coded('label', code)).join(', ')));
  }
  if (terms.scope.period) lines.push(word('script.sign.days', terms.scope.period.first, terms.scope.period.last));
  return lines;
}
