/** The JSON of the ledger: RFC 8785, with strings, booleans, integers of up to 53 bits, arrays and objects only. */

import { Malformed, utf8 } from './bytes.js';

const MAX_BYTES = 65535;
const MAX_DEPTH = 16;

/** Reads an object in its canonical form and refuses every other spelling. */
export function parseObject(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Malformed('not JSON, or not the restricted kind');
  }
  if (!isObject(value)) {
    throw new Malformed('JSON that is no object');
  }
  if (utf8(text).length > MAX_BYTES || canonical(value) !== text) { // finds repeated names, too
    throw new Malformed('JSON that is not in canonical form (RFC 8785)');
  }
  return value;
}

/** The RFC 8785 form. */
export function canonical(value, depth = 1) {
  if (typeof value === 'string') {
    return string(value);
  }
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) {
    return String(value);
  }
  if (value === null || typeof value !== 'object' || depth > MAX_DEPTH) {
    throw new Malformed('JSON with a fraction or null, or nested too deeply');
  }
  if (Array.isArray(value)) {
    return `[${value.map((element) => canonical(element, depth + 1)).join(',')}]`;
  }
  const members = Object.keys(value).sort(); // by UTF-16 code units
  return `{${members.map((name) => `${string(name)}:${canonical(value[name], depth + 1)}`).join(',')}}`;
}

/** A string with the shortest escapes, as JSON.stringify writes it. */
export function string(text) {
  if (!text.isWellFormed()) {
    throw new Malformed('string with a lone surrogate');
  }
  return JSON.stringify(text);
}

/** Whether a value is an object and has exactly these members, where any are named. */
export function isObject(value, ...names) {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    && (names.length === 0
      || (Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name))));
}
