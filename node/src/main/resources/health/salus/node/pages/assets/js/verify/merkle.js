/** Merkle trees of RFC 9162 §2.1; sizes and indexes are BigInt. A check answers why it failed, or null. */

import { equal } from './bytes.js';
import { sha256 } from './sha256.js';

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/** SHA-256(0x00 || entry) */
export function leafHash(entry) {
  return sha256(LEAF, entry);
}

/** SHA-256(0x01 || left || right) */
export function nodeHash(left, right) {
  return sha256(NODE, left, right);
}

/** Checks an inclusion proof as RFC 9162 §2.1.3.2 does; the step numbers are the RFC's. */
export function checkInclusion(leaf, index, path, size, root) {
  if (index < 0n || index >= size) { // step 1
    return 'step 1: the tree has no such index';
  }
  let fn = index; // step 2
  let sn = size - 1n;
  let r = leaf; // step 3
  for (const p of path) { // step 4
    if (sn === 0n) { // step 4.a
      return 'step 4.a: the path is longer than the tree is high';
    }
    if ((fn & 1n) === 1n || fn === sn) { // step 4.b
      r = nodeHash(p, r); // step 4.b.i
      while ((fn & 1n) === 0n && fn !== 0n) { // step 4.b.ii
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      r = nodeHash(r, p); // step 4.b, otherwise
    }
    fn >>= 1n; // step 4.c
    sn >>= 1n;
  }
  if (sn !== 0n) { // step 5
    return 'step 5: the path ends below the root';
  }
  return equal(r, root) ? null : 'step 5: the path leads to another root'; // step 5
}

/**
 * Checks a consistency proof as RFC 9162 §2.1.4.2 does, whose steps presume two different trees of which the older is not
 * empty. Between equal trees, and from the empty tree, only the empty proof is accepted.
 */
export function checkConsistency(path, first, firstRoot, second, secondRoot) {
  if (first > second) {
    return 'the newer tree is smaller than the older';
  }
  if (first === second || first === 0n) {
    return checkTrivial(path, first, firstRoot, secondRoot);
  }
  if (path.length === 0) { // step 1
    return 'step 1: the path is empty';
  }
  const isPowerOfTwo = (first & (first - 1n)) === 0n;
  const [seed, ...rest] = isPowerOfTwo ? [firstRoot, ...path] : path; // step 2
  let fn = first - 1n; // step 3
  let sn = second - 1n;
  while ((fn & 1n) === 1n) { // step 4
    fn >>= 1n;
    sn >>= 1n;
  }
  let fr = seed; // step 5
  let sr = seed;
  for (const c of rest) { // step 6
    if (sn === 0n) { // step 6.a
      return 'step 6.a: the path is longer than the tree is high';
    }
    if ((fn & 1n) === 1n || fn === sn) { // step 6.b
      fr = nodeHash(c, fr); // step 6.b.i
      sr = nodeHash(c, sr); // step 6.b.ii
      while ((fn & 1n) === 0n && fn !== 0n) { // step 6.b.iii
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      sr = nodeHash(sr, c); // step 6.b, otherwise
    }
    fn >>= 1n; // step 6.c
    sn >>= 1n;
  }
  if (sn !== 0n) { // step 7
    return 'step 7: the path ends below the root';
  }
  if (!equal(fr, firstRoot)) { // step 7
    return 'step 7: the path leads to another older root';
  }
  return equal(sr, secondRoot) ? null : 'step 7: the path leads to another newer root'; // step 7
}

function checkTrivial(path, first, firstRoot, secondRoot) {
  if (path.length > 0) {
    return 'the path is not empty where nothing needs proof';
  }
  return first === 0n || equal(firstRoot, secondRoot) ? null : 'two trees of the same size have different roots';
}
