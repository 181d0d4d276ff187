import type { KeyObject } from 'node:crypto';
import { isSignedBy } from '../../pki/signature-check.ts';
import { HEALTH, type KioskEvent, kioskEvent, LEGACY_CHAIN } from '../../protocol/event.ts';
import { CHAIN_START, eventHash, signedBytes } from '../../protocol/event-hash.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { eventsOf, type KioskChain, type KioskEventRow, keysOfKiosk } from '../repositories/kiosk-chains.ts';
import { headOf, keyReader } from '../take-events.ts';
import type { Anchor } from './check-audit.ts';
import { checkEnd, type Finding, Findings, isSame } from './finding.ts';

export interface CheckedChain {
  readonly findings: readonly Finding[];
  readonly events: number;
}

/**
 * Follows one chain of a kiosk: numbers, hashes and the kiosk's signatures, the head that central has signed, and the last
 * event of it that is in central's own audit.
 */
export async function checkKioskChain(
  central: Pick<Central, 'authority'>,
  database: Database,
  chain: KioskChain & { readonly kioskName: string },
  anchor: Anchor | undefined,
): Promise<CheckedChain> {
  const findings = new Findings(`kiosk ${chain.kioskName}, chain ${chain.chainId}`);
  const { chainId, acknowledged, hash, signature } = chain;
  const isLegacy = chainId === LEGACY_CHAIN;
  const keyOf = keyReader(await keysOfKiosk(database, chain.kioskId));
  const walk = new ChainWalk(findings, chainId, keyOf);
  let atEnd: Uint8Array | null = null;
  let anchored: Uint8Array | null = null;
  let last: { seq: number; hash: Uint8Array | null } | null = null;
  let events = 0;
  let told = 0;
  const dropped: number[] = [];
  for await (const row of eventsOf(database, chain)) {
    walk.follow(row);
    if (row.body === null) dropped.push(row.n);
    else if (isTold(row)) told += 1;
    if (row.n === acknowledged) atEnd = row.hash;
    if (row.n === anchor?.n) anchored = row.hash;
    last = { seq: row.n, hash: row.hash };
    events += 1;
  }
  const { auditKey } = central.authority;
  const isOwn =
    isLegacy || (hash !== null && signature !== null && auditKey.isSigned(headOf(chain, hash), signature));
  const isBegun = acknowledged > 0 || last !== null;
  checkEnd(findings, isBegun ? { seq: acknowledged, hash, isOwn } : null, last, atEnd);
  // Central's audit has every event but health: one of those without a text was none.
  if (!isLegacy && dropped.length > 0 && told < (anchor?.told ?? 0))
    findings.add('changed', dropped[0]!, dropped.at(-1));
  if (anchor) checkAnchor(findings, anchor, last?.seq ?? 0, acknowledged, anchored);
  return { findings: findings.all(), events };
}

/** A chain that central's audit tells of, and that is not there at all. */
export function missingChain({ actor, chain, n }: Anchor): Finding {
  return { chain: `${actor.replace(':', ' ')}, chain ${chain}`, what: 'missing', from: 1, to: n };
}

/** What was written into central's audit once is still the same event, even where head and events were put back together. */
function checkAnchor(
  findings: Findings,
  { n, hash }: Anchor,
  last: number,
  acknowledged: number,
  anchored: Uint8Array | null,
): void {
  if (anchored) {
    if (Buffer.from(anchored).toString('hex') !== hash) findings.addIfSound('changed', n);
  } else if (n > Math.max(last, acknowledged)) {
    findings.add('missing', Math.max(last, acknowledged) + 1, n);
  }
}

/** One event after the other against the one before it. */
class ChainWalk {
  readonly #findings: Findings;
  readonly #chain: string;
  readonly #keyOf: (serial: string) => KeyObject | null;
  #expected = 1;
  /** Hash of the event before; null where that is not known to be right. */
  #previous: Uint8Array | null = CHAIN_START;

  constructor(findings: Findings, chain: string, keyOf: (serial: string) => KeyObject | null) {
    this.#findings = findings;
    this.#chain = chain;
    this.#keyOf = keyOf;
  }

  follow(row: KioskEventRow): void {
    const { n } = row;
    if (n > this.#expected) {
      this.#findings.add('missing', this.#expected, n - 1);
      this.#previous = null;
    }
    this.#expected = Math.max(n + 1, this.#expected);
    if (this.#chain !== LEGACY_CHAIN) this.#previous = this.#check(row);
  }

  /** @returns its hash, where the kiosk has signed it */
  #check({ n, body, hash, signature, certificateSerial, healthAt }: KioskEventRow): Uint8Array | null {
    const key = certificateSerial === null ? null : this.#keyOf(certificateSerial);
    const isSigned =
      hash !== null &&
      signature !== null &&
      key !== null &&
      isSignedBy(key, 'sha256', signedBytes(hash), signature);
    // What is left of health: the kiosk's signature of its hash, which the next event follows.
    if (isSigned && body === null && healthAt !== null) return hash;
    const place = readEvent(body);
    const follows = isSigned && (!this.#previous || isSame(hash, eventHash(this.#previous, body ?? '')));
    if (!isSigned || place === null) this.#findings.add('changed', n);
    else if (place.n !== n || place.chain !== this.#chain) this.#findings.add('reordered', n);
    else if (!follows) this.#findings.add('changed', n);
    return isSigned && place?.n === n ? hash : null;
  }
}

/** Whether central's audit has it as an event; `head` is what it calls its own entries about health. */
function isTold({ body }: KioskEventRow): boolean {
  const type = readEvent(body)?.type;
  return type !== undefined && type !== HEALTH && type !== 'head';
}

function readEvent(body: string | null): KioskEvent | null {
  try {
    return kioskEvent.parse(JSON.parse(body ?? ''));
  } catch {
    // Whatever is wrong with it: it is not what was taken.
    return null;
  }
}
