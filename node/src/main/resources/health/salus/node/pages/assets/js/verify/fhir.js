/**
 * Canonical form of a FHIR resource (docs/canonical-form.md §1). Numbers keep the digits that they were written with, which
 * JSON.parse can't do; so the text is read here, objects as Map, numbers as {@link Decimal}.
 */

import { Malformed, utf8 } from './bytes.js';
import { string } from './canonical-json.js';

const MAX_BYTES = 32 << 20;
const MAX_DEPTH = 100;
const MAX_DIGITS = 400;
const NUMBER = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\n\r]*/y;
const LITERAL = /true|false|null/y;

/** A number as it was written. */
class Decimal {
  constructor(literal) {
    this.literal = literal;
  }

  /** The literal with its exponent expanded: the fraction as long as it says, zero without sign. */
  canonical() {
    const [mantissa, exponent = '0'] = this.literal.toLowerCase().split('e');
    const [integer, fraction = ''] = mantissa.replace('-', '').split('.');
    const digits = `${integer}${fraction}`.replace(/^0+(?=.)/, '');
    const scale = fraction.length - Number(exponent);
    if (!(digits.length + Math.abs(scale) <= MAX_DIGITS)) {
      throw new Malformed(`number of more than ${MAX_DIGITS} digits when expanded`);
    }
    const sign = this.literal.startsWith('-') && digits !== '0' ? '-' : '';
    if (scale <= 0) {
      return digits === '0' ? '0' : sign + digits + '0'.repeat(-scale);
    }
    const padded = digits.padStart(scale + 1, '0');
    return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
}

/** Reads one resource from bytes in UTF-8. */
export function parseResource(bytes) {
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Malformed('not JSON in UTF-8');
  }
  const resource = bytes.length > MAX_BYTES ? null : new Reader(text).document();
  if (!(resource instanceof Map) || typeof resource.get('resourceType') !== 'string') {
    throw new Malformed('JSON that is no object with a resourceType');
  }
  return resource;
}

/**
 * Canonical bytes of a value.
 *
 * @param bases URLs of the storing server: references below them become relative
 * @param leftOut names of members of the root that are not written
 */
export function canonicalBytes(value, bases = [], leftOut = []) {
  return utf8(write(value, bases.map((base) => base.replace(/\/$/, '')), leftOut));
}

function write(value, bases, leftOut = []) {
  if (value instanceof Map) {
    const names = [...value.keys()].filter((name) => !leftOut.includes(name)).sort(); // by UTF-16 code units
    return `{${names.map((name) => `${string(name)}:${write(member(name, value.get(name), bases), bases)}`).join(',')}}`;
  }
  if (Array.isArray(value)) {
    return `[${value.map((element) => write(element, bases)).join(',')}]`;
  }
  if (value instanceof Decimal) {
    return value.canonical();
  }
  return typeof value === 'string' ? string(value) : String(value);
}

function member(name, value, bases) {
  if (name !== 'reference' || typeof value !== 'string') {
    return value;
  }
  const own = bases.find((base) => value.length > base.length + 1 && value.startsWith(`${base}/`));
  return own === undefined ? value : value.slice(own.length + 1);
}

class Reader {
  #text;
  #at = 0;

  constructor(text) {
    this.#text = text;
  }

  document() {
    const value = this.#value(0);
    if (this.#at < this.#text.length) {
      throw new Malformed('JSON followed by more');
    }
    return value;
  }

  #value(depth) {
    this.#next(SPACE);
    const value = this.#content(depth);
    this.#next(SPACE);
    return value;
  }

  #content(depth) {
    const first = this.#text[this.#at];
    if (first === '{' || first === '[') {
      if (depth === MAX_DEPTH) {
        throw new Malformed(`JSON nested deeper than ${MAX_DEPTH}`);
      }
      this.#at++;
      return first === '{' ? this.#object(depth + 1) : this.#array(depth + 1);
    }
    if (first === '"') {
      return this.#string();
    }
    const literal = this.#next(LITERAL);
    if (literal) {
      return { true: true, false: false, null: null }[literal];
    }
    return new Decimal(this.#expect(this.#next(NUMBER)));
  }

  #object(depth) {
    const members = new Map();
    this.#next(SPACE);
    if (this.#skip('}')) {
      return members;
    }
    do {
      this.#next(SPACE);
      const name = this.#string();
      this.#next(SPACE);
      this.#expect(this.#skip(':'));
      if (members.has(name)) {
        throw new Malformed('JSON object with a repeated name');
      }
      members.set(name, this.#value(depth));
    } while (this.#skip(','));
    this.#expect(this.#skip('}'));
    return members;
  }

  #array(depth) {
    const elements = [];
    this.#next(SPACE);
    if (this.#skip(']')) {
      return elements;
    }
    do {
      elements.push(this.#value(depth));
    } while (this.#skip(','));
    this.#expect(this.#skip(']'));
    return elements;
  }

  #string() {
    return JSON.parse(this.#expect(this.#next(STRING)));
  }

  /** What the pattern finds here, read; empty where it finds nothing. */
  #next(pattern) {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [''];
    this.#at += found.length;
    return found;
  }

  #skip(char) {
    const there = this.#text[this.#at] === char;
    this.#at += there ? 1 : 0;
    return there;
  }

  #expect(found) {
    if (!found) {
      throw new Malformed('not JSON');
    }
    return found;
  }
}
