/**
 * Whose signatures make a checkpoint believable (c2sp.org/tlog-policy): one of the listed logs, and a quorum of witnesses.
 * What a policy has verified once it remembers, since many receipts share a checkpoint.
 */

import { Malformed, utf8 } from './bytes.js';
import { LOG_KEY, WITNESS_KEY, isBy, keyOf, parseCheckpoint, parseKey, verifyNote } from './note.js';

const MAX_BYTES = 1 << 20;
const NONE = 'none';

/** Trusts one log alone, whose key is given as text. */
export async function policyOfLog(vkey) {
  const log = await parseKey(vkey);
  if (log.type !== LOG_KEY) {
    throw new Malformed('verifier key of a witness (expected: type 1, Ed25519)');
  }
  return policy([log], new Map(), new Map(), NONE);
}

/** The policy that says the same as a witness set of the ledger. */
export async function policyOfWitnesses({ members, quorum }, origin) {
  const logs = await Promise.all(members.map(({ log }) => keyOf(origin, LOG_KEY, log)));
  const witnesses = await Promise.all(
    members.map(async ({ organization, witness }) =>
      [organization, await keyOf(`${origin}/${organization}`, WITNESS_KEY, witness)]),
  );
  const names = members.map(({ organization }) => organization);
  return policy(logs, new Map(witnesses), new Map([['Members', { threshold: quorum, members: names }]]), 'Members');
}

/** Reads a policy file, bytes. URLs in it are not kept. */
export async function parsePolicy(file) {
  if (file.length > MAX_BYTES) {
    throw new Malformed(`policy of ${file.length} bytes (expected: at most ${MAX_BYTES})`);
  }
  const parser = new Parser();
  const octets = Array.from(file, (octet) => String.fromCharCode(octet)).join(''); // a name is octets
  let number = 0;
  for (const text of octets.split('\n')) {
    number++;
    try {
      await parser.line(text);
    } catch (e) {
      throw e instanceof Malformed ? new Malformed(`policy line ${number}: ${e.message}`) : e;
    }
  }
  return parser.policy();
}

/** Reads what somebody gave as trust anchor: a log's key, or a policy file. */
export async function parseTrust(text) {
  const trimmed = text.trim();
  return /^\S+\+[0-9a-f]{8}\+\S+$/.test(trimmed) ? policyOfLog(trimmed) : parsePolicy(utf8(text));
}

class Parser {
  #logs = [];
  #witnesses = new Map();
  #groups = new Map();
  #members = new Set();
  #keys = new Set();
  #quorum = null;

  async line(text) {
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text)) {
      throw new Malformed('control character (expected: tab and newline only)');
    }
    const content = text.replace(/^[ \t]+|[ \t]+$/g, '');
    if (content === '' || content.startsWith('#')) {
      return;
    }
    const items = content.split(/[ \t]+/);
    switch (items[0]) {
      case 'log':
        return this.#log(items);
      case 'witness':
        return this.#witness(items);
      case 'group':
        return this.#group(items);
      case 'quorum':
        return this.#setQuorum(items);
      default:
        throw new Malformed('unknown keyword (expected: log, witness, group, quorum)');
    }
  }

  policy() {
    if (this.#quorum === null) {
      throw new Malformed('policy without a quorum line');
    }
    return policy(this.#logs, this.#witnesses, this.#groups, this.#quorum);
  }

  async #log(items) {
    expect(items.length === 2 || items.length === 3, 'log <vkey> [<url>]');
    this.#logs.push(await this.#key(items[1], LOG_KEY));
  }

  async #witness(items) {
    expect(items.length === 3 || items.length === 4, 'witness <name> <vkey> [<url>]');
    const key = await this.#key(items[2], WITNESS_KEY);
    expect(this.#isFree(items[1]), 'a new name, not none');
    this.#witnesses.set(items[1], key);
  }

  async #key(octets, type) {
    const bytes = Uint8Array.from(octets, (octet) => octet.charCodeAt(0));
    const key = await parseKey(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    expect(key.type === type, type === LOG_KEY ? 'key of a log' : 'key of a witness');
    const id = `${type} ${key.bytes}`;
    expect(!this.#keys.has(id), 'every key once');
    this.#keys.add(id);
    return key;
  }

  #group(items) {
    expect(items.length >= 4, 'group <name> all|any|<k> <name>...');
    expect(this.#isFree(items[1]), 'a new name, not none');
    const members = items.slice(3);
    for (const member of members) {
      expect(this.#isDefined(member), 'members that are defined above');
      expect(!this.#members.has(member), 'every name in one group at most, once');
      this.#members.add(member);
    }
    this.#groups.set(items[1], { threshold: threshold(items[2], members.length), members });
  }

  #setQuorum(items) {
    expect(items.length === 2, 'quorum <name>');
    expect(this.#quorum === null, 'one quorum line');
    expect(items[1] === NONE || this.#isDefined(items[1]), 'a name that is defined above, or none');
    this.#quorum = items[1];
  }

  #isFree(name) {
    return name !== NONE && !this.#isDefined(name);
  }

  #isDefined(name) {
    return this.#witnesses.has(name) || this.#groups.has(name);
  }
}

function threshold(text, size) {
  if (text === 'all') {
    return size;
  }
  if (text === 'any') {
    return 1;
  }
  expect(/^[1-9][0-9]{0,8}$/.test(text) && Number(text) <= size, 'all, any, or 1 to the number of members');
  return Number(text);
}

function expect(holds, expected) {
  if (!holds) {
    throw new Malformed(`malformed (expected: ${expected})`);
  }
}

function policy(logs, witnesses, groups, quorum) {
  const checked = new Map();
  return {
    /** Names of the witnesses, as the policy has them. */
    witnesses: [...witnesses.keys()],

    /**
     * Checks signatures and quorum; the origin must be the name of the log's key.
     *
     * @returns {Promise<{checkpoint: object, cosigners: Map<string, object>} | {reason: string}>}
     */
    check(note) {
      if (!checked.has(note.source)) {
        checked.set(note.source, check(note));
      }
      return checked.get(note.source);
    },
  };

  async function check(note) {
    let checkpoint;
    try {
      checkpoint = parseCheckpoint(note.text);
    } catch {
      return { reason: 'the note is not a checkpoint' };
    }
    const ofOrigin = logs.filter((log) => log.name === checkpoint.origin);
    const { signatures, reason } = await verifyNote(note, [...witnesses.values(), ...ofOrigin]);
    if (reason) {
      return { reason };
    }
    if (!ofOrigin.some((log) => signatures.some((signature) => isBy(log, signature)))) {
      return { reason: 'no signature by a log of the policy' };
    }
    const cosigners = new Map();
    for (const [name, witness] of witnesses) {
      const signature = signatures.find((one) => isBy(witness, one));
      if (signature) {
        cosigners.set(name, signature);
      }
    }
    return isReachedBy(new Set(cosigners.keys()))
      ? { checkpoint, cosigners }
      : { reason: `the ${cosigners.size} cosignatures by known witnesses are not the quorum of the policy` };
  }

  function isReachedBy(satisfied) {
    for (const [name, group] of groups) { // members come before the groups that name them
      if (group.members.filter((member) => satisfied.has(member)).length >= group.threshold) {
        satisfied.add(name);
      }
    }
    return quorum === NONE || satisfied.has(quorum);
  }
}
