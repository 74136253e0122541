/** Headers of blocks, and the witnesses that they name: entries {@code B} of the ledger's log. */

import { Malformed, base64url, digestOf } from './bytes.js';
import { isObject, parseObject } from './canonical-json.js';
import { isEd25519Point } from './ed25519.js';

const MAX_TRANSACTIONS = 1_024;
const MOST_WITNESSES = 31;
const MEMBERS = ['count', 'first', 'height', 'previous', 'rejections', 'state', 'time'];

/** Reads a header in canonical JSON. */
export function parseHeader(text) {
  const header = parseObject(text);
  const withWitnesses = isObject(header.witnesses);
  if (!isObject(header, ...MEMBERS, ...(withWitnesses ? ['witnesses'] : []))
      || !['count', 'first', 'height', 'time'].every((name) => Number.isInteger(header[name]))
      || header.height < 0 || header.first < 1 || header.time < 0
      || header.count < 0 || header.count > MAX_TRANSACTIONS) {
    throw new Malformed('malformed block header');
  }
  digestOf(header.previous);
  digestOf(header.state);
  return {
    text,
    height: header.height,
    first: BigInt(header.first),
    index: BigInt(header.first + header.count),
    time: header.time,
    rejections: checkedRejections(header),
    witnesses: withWitnesses ? parseWitnesses(header.witnesses) : null,
  };
}

function checkedRejections({ rejections, count }) {
  const isPlace = (place) => /^(0|[1-9][0-9]{0,3})$/.test(place) && Number(place) < count;
  const isCode = (code) => typeof code === 'string' && /^[a-z][a-z0-9-]{0,39}$/.test(code);
  if (!isObject(rejections) || !Object.entries(rejections).every(([place, code]) => isPlace(place) && isCode(code))) {
    throw new Malformed('malformed block header');
  }
  return rejections;
}

/** Reads whose cosignatures count and how many are needed, at least ⌊2n/3⌋ + 1 of n. */
function parseWitnesses(set) {
  const malformed = new Malformed('malformed witnesses');
  if (!isObject(set, 'members', 'quorum') || !Array.isArray(set.members) || !Number.isInteger(set.quorum)) {
    throw malformed;
  }
  const members = set.members.map(parseMember);
  const names = members.map(({ organization }) => organization);
  const keys = members.flatMap(({ log, witness }) => [base64url(log), base64url(witness)]);
  const n = members.length;
  const inBounds = n === 0
    ? set.quorum === 0
    : n <= MOST_WITNESSES && set.quorum >= Math.floor((2 * n) / 3) + 1 && set.quorum <= n;
  const ascending = names.every((name, at) => at === 0 || names[at - 1] < name);
  if (!inBounds || !ascending || new Set(keys).size < keys.length) {
    throw malformed;
  }
  return { members, quorum: set.quorum };
}

function parseMember(member) {
  if (!isObject(member, 'log', 'organization', 'witness')
      || typeof member.organization !== 'string'
      || !/^[a-z][a-z0-9-]{1,31}$/.test(member.organization)
      || member.organization === 'none') { // a word of policy files
    throw new Malformed('malformed witness');
  }
  return { organization: member.organization, log: checkedKey(member.log), witness: checkedKey(member.witness) };
}

function checkedKey(text) {
  const key = digestOf(text);
  if (!isEd25519Point(key)) {
    throw new Malformed('witness key that is no Ed25519 key');
  }
  return key;
}
