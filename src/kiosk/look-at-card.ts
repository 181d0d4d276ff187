import type { CardSighting } from '../domain/card.ts';
import { refuseCard, refuseSighting } from '../domain/eligibility.ts';
import type { SightedCard } from '../flows/walk-up-event.ts';
import type { CardView } from '../flows/walk-up-state.ts';
import { PivSession } from '../piv/session.ts';
import { NoPivApplicationError } from '../piv/status-word.ts';
import type { OpenCard, Readers } from '../readers/readers.ts';
import type { Pause } from './backoff.ts';
import { codeOfCardTrouble, statusWordIn } from './card-trouble.ts';
import {
  type BlankVisit,
  type CardVisit,
  CENTRAL_NOT_REACHED,
  type HeldCard,
  type Refused,
  refuse,
} from './card-visit.ts';
import type { CentralClient } from './central-client.ts';
import type { CopyFollower } from './copy-follower.ts';
import { NO_ROOM } from './disk-reserve.ts';
import { unfinishedSteps } from './journal.ts';
import type { OwnDatabase } from './own-database.ts';
import type { KnownCard, Replica } from './replica.ts';
import { readTries, sightCard } from './sight-card.ts';

/** How long a card waits for a central that was not reached a moment ago. */
const PATIENCE_MS = 2000;

/** What looking at a card needs. */
export interface LookPorts {
  readonly readers: Readers;
  readonly replica: Replica;
  readonly follower: CopyFollower;
  readonly client: CentralClient;
  readonly own: OwnDatabase;
  readonly pause: Pause;
  readonly now: () => Date;
}

/** A card that may be reprovisioned, or one that may be issued, its connection open; or why not, everything closed. */
export type Look =
  | { readonly kind: 'found'; readonly visit: CardVisit; readonly card: CardView }
  | { readonly kind: 'blank'; readonly visit: BlankVisit; readonly card: SightedCard }
  | Refused;

/** Nobody's yet: empty, or by central's record never issued (KR-01). */
const BLANK = 'RP-07-blank';
const CANCELLED = 'RP-06-cancelled';

/**
 * Opens the card in a reader, recognises it and says whether it may be reprovisioned (RP-04, RP-06, RP-07, RP-11).
 * Nothing is written. @throws AbortError
 */
export async function lookAtCard(
  ports: LookPorts,
  reader: number,
  isContactless: boolean,
  signal: AbortSignal,
): Promise<Look> {
  if (isContactless) {
    const nothingSeen = { hasPiv: true, serial: null, guid: null, isBlank: false };
    const code = refuseSighting({ ...nothingSeen, isContactless });
    if (code) return refuse(code);
  }
  if (!ports.own.reserve.isThere) return refuse(NO_ROOM, true);
  let connection: OpenCard | null = null;
  let look: Look | null = null;
  try {
    connection = await ports.readers.open(reader);
    signal.throwIfAborted();
    look = await lookAt(ports, connection, signal);
    signal.throwIfAborted();
    return look;
  } catch (error) {
    signal.throwIfAborted();
    look = null;
    const code = codeOfCardTrouble(error);
    if (code === null) throw error;
    return { ...refuse(code, true), ...statusWordIn(error) };
  } finally {
    if (look === null || look.kind === 'refused' || signal.aborted) await connection?.close();
  }
}

/**
 * Opens a cancelled card that is to be emptied: it is looked at once more, since it may be another one by now. @throws AbortError
 */
export async function openCancelled(
  ports: LookPorts,
  reader: number,
  cardId: string,
  signal: AbortSignal,
): Promise<HeldCard | Refused> {
  let connection: OpenCard | null = null;
  let held: HeldCard | null = null;
  try {
    connection = await ports.readers.open(reader);
    signal.throwIfAborted();
    const session = await selectPiv(connection);
    if (session === null) return refuse('RP-07-no-piv');
    const known = await recogniseCard(ports, await sightCard(session), signal);
    signal.throwIfAborted();
    const isIt = !('kind' in known) && known.card.id === cardId && known.card.state === 'cancelled';
    if (!isIt) return refuse('RP-17-other-card', true);
    held = { connection, session, proofId: null };
    return held;
  } catch (error) {
    signal.throwIfAborted();
    const code = codeOfCardTrouble(error);
    if (code === null) throw error;
    return refuse(code, true);
  } finally {
    if (held === null) await connection?.close();
  }
}

async function lookAt(ports: LookPorts, connection: OpenCard, signal: AbortSignal): Promise<Look> {
  const session = await selectPiv(connection);
  if (session === null) return refuse('RP-07-no-piv');
  const sighting = await sightCard(session, (serial) => isInCopy(ports, serial));
  const known = await recogniseCard(ports, sighting, signal);
  if ('kind' in known) {
    const seen = { cardId: null, serial: sighting.serial };
    if (known.code === BLANK) return atBlank(ports, connection, session, sighting, seen);
    return { ...known, card: seen };
  }
  const { card, holder, profile, certificates } = known;
  const seen = { cardId: card.id, serial: card.serial };
  const code = refuseCard(card, holder, profile, ports.now().toISOString());
  if (code === BLANK) return atBlank(ports, connection, session, sighting, seen);
  if (code === CANCELLED) {
    return { ...refuse(code), card: seen, canEmpty: await isCentralReached(ports) };
  }
  if (code) return { ...refuse(code), card: seen };
  const triesLeft = await readTries(session);
  if (!(await isCentralReached(ports))) return { ...CENTRAL_NOT_REACHED, card: seen };
  return {
    kind: 'found',
    visit: { kind: 'known', connection, session, known, proofId: null },
    card: {
      cardId: card.id,
      serial: card.serial,
      holderName: holder.displayName,
      profileTitle: profile.title,
      expiresAt: card.expiresAt,
      certificates,
      triesLeft,
      // What this kiosk has begun it knows before its copy does.
      hasOpenOperation:
        card.hasOpenOperation || unfinishedSteps(ports.own).some(({ cardId }) => cardId === card.id),
    },
  };
}

/** Its number is checked by central: without it there is nothing to be done. */
async function atBlank(
  ports: LookPorts,
  connection: OpenCard,
  session: PivSession,
  { serial, guid }: CardSighting,
  card: SightedCard,
): Promise<Look> {
  if (!(await isCentralReached(ports))) return { ...CENTRAL_NOT_REACHED, card };
  const visit: BlankVisit = { kind: 'blank', connection, session, serial, guid, proofId: null, issue: null };
  return { kind: 'blank', visit, card: { ...card, serial } };
}

async function selectPiv(connection: OpenCard): Promise<PivSession | null> {
  try {
    return await PivSession.select(connection);
  } catch (error) {
    if (error instanceof NoPivApplicationError) return null;
    throw error;
  }
}

/** Asks the copy, then central, before it says that a card is not known (RP-07). */
export async function recogniseCard(
  ports: LookPorts,
  sighting: CardSighting,
  signal: AbortSignal,
): Promise<KnownCard | Refused> {
  const known = findInCopy(ports.replica, sighting);
  if (known && (known.card.hasOpenOperation || known.card.state === 'planned'))
    return (await findAnew(ports, sighting)) ?? known;
  if (known) return known;
  const unknown = refuse(sighting.isBlank ? BLANK : 'RP-07-unknown');
  const { serial, guid } = sighting;
  if (serial === null && guid === null) return unknown;
  const answer = await ports.client.lookup({ serial, guid }, signal);
  if (answer.kind === 'unreachable') return refuse('RP-07-not-known-here', true);
  if (answer.kind === 'refused') return refuse(answer.code);
  const { card, holder } = answer.value;
  if (!card || !holder) return unknown;
  await ports.follower.refresh();
  const profile = ports.replica.profile(card.profileName);
  const arrived = findInCopy(ports.replica, sighting);
  if (arrived) return arrived;
  return profile ? { card, holder, profile, certificates: [] } : refuse('RP-07-not-known-here', true);
}

/** Whether a chip is somebody's card by the copy; of one that is to become a card all that it says is wanted. */
export function isInCopy({ replica }: Pick<LookPorts, 'replica'>, serial: string): boolean {
  const known = replica.findCardBySerial(serial);
  return known !== null && known.card.state !== 'planned';
}

/** By the chip's serial, else by the GUID; a GUID on the chip of another card is a copy, not the card (RP-16). */
function findInCopy(replica: Replica, { serial, guid }: CardSighting): KnownCard | null {
  const bySerial = serial === null ? null : replica.findCardBySerial(serial);
  if (bySerial || guid === null) return bySerial;
  const byGuid = replica.findCardByGuid(guid);
  const isOtherChip = serial !== null && byGuid !== null && byGuid.card.serial !== null;
  return isOtherChip ? null : byGuid;
}

/** What was finished a moment ago is not to be finished once more. */
async function findAnew(ports: LookPorts, sighting: CardSighting): Promise<KnownCard | null> {
  await refresh(ports);
  return findInCopy(ports.replica, sighting);
}

async function isCentralReached(ports: LookPorts): Promise<boolean> {
  if (!ports.follower.isReached) await refresh(ports);
  return ports.follower.isReached;
}

function refresh({ follower, pause }: LookPorts): Promise<void> {
  return Promise.race([follower.refresh(), pause.sleep(PATIENCE_MS)]);
}
