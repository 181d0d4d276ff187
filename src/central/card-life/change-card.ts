/** A card is cancelled, disabled, enabled, each with its certificates, in one transaction (RP-06, RP-12, OP-02). */
import { type CardAction, mayHappen } from '../../domain/card-life.ts';
import type { KeptReason } from '../../domain/reason.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { cardFact, type MailKind } from '../mail/mail-kinds.ts';
import { tell } from '../mail/tell.ts';
import { type AuditEntry, recordAudits } from '../repositories/audit.ts';
import { type CardRow, changeCard } from '../repositories/cards.ts';
import { newestRevision } from '../repositories/profiles.ts';
import { type Actor, actorDetail } from '../request/actor.ts';
import { onRecord } from '../request/on-record.ts';
import { publishRevocationList } from '../revocation.ts';
import { demandWitness } from '../statement/demand-witness.ts';
import { refuseCardChange } from './card-life-error.ts';
import { demandMayChange, demandReason, type HeldCard, holdCard, mayEnable } from './hold-card.ts';
import { cancelRequestsOnto, endOperation, endProofs, stopOperation } from './stop-card.ts';
import {
  releaseCertificates,
  type TreatedCertificates,
  treatCertificates,
  whatMayBeOnCard,
} from './treat-certificates.ts';

/** Why, by a code of the reasons, and in somebody's own words. */
export interface CardWish {
  readonly reason: string;
  readonly note: string | null;
  /** A second operator's statement, where the profile wants one (OP-02). */
  readonly witnessId?: string | null;
}

/** A card as it is now, and what became of its certificates by that. */
export interface ChangedCard extends TreatedCertificates {
  readonly card: CardRow;
}

/**
 * Ends a card's life: its certificates follow the reason (RP-12), an operation under way is abandoned, what waits to be done to it is
 * cancelled, and the holder is told. Asked again for the same reason it does nothing; another reason treats what is left.
 * @throws RefusedError with a code of CARD_REFUSALS, `RP-12-no-such-reason`, `RP-07-unknown`, `RP-07-not-served-here`; of `demandWitness`
 */
export function cancelCard(
  central: Central,
  actor: Actor,
  cardId: string,
  { reason: code, note, witnessId }: CardWish,
): Promise<ChangedCard> {
  return change(
    central,
    actor,
    { action: 'cancel', cardId, reason: code, note, witnessId },
    async (transaction, held) => {
      const reason = await demandReason(transaction, 'cancel', code);
      demandMayChange(actor, 'cancel', held, reason.chosenBy);
      return cancelHeldCard(central, transaction, actor, held.card, { reason, note });
    },
  );
}

/**
 * Stops a card until it is enabled: by a reason that says hold its certificates are on hold so long. An operation under way can be
 * finished then. Asked again it does nothing.
 * @throws RefusedError as `cancelCard`
 */
export function disableCard(
  central: Central,
  actor: Actor,
  cardId: string,
  { reason: code, note, witnessId }: CardWish,
): Promise<ChangedCard> {
  return change(
    central,
    actor,
    { action: 'disable', cardId, reason: code, note, witnessId },
    async (transaction, held) => {
      const reason = await demandReason(transaction, 'disable', code);
      demandMayChange(actor, 'disable', held, reason.chosenBy);
      const { card } = held;
      const now = central.now();
      const treated = await treatCertificates(transaction, {
        ...{ card, reason, action: 'disable', before: new Map(), now },
      });
      await stopOperation(transaction, card.id, now);
      await endProofs(transaction, card.id);
      const become = { state: 'disabled', stateReason: code } as const;
      return settle(central, transaction, { action: 'disable', actor, card, become, treated, note });
    },
  );
}

/**
 * Lets a disabled card go on: what was put on hold by disabling it comes off the list, what had been suspended on its own stays. Its holder
 * proves themselves anew. Asked again it does nothing.
 * @throws RefusedError with a code of CARD_REFUSALS, `RP-07-unknown`, `RP-07-not-served-here`
 */
export function enableCard(
  central: Central,
  actor: Actor,
  cardId: string,
  { note, witnessId }: Omit<CardWish, 'reason'>,
): Promise<ChangedCard> {
  return change(central, actor, { action: 'enable', cardId, note, witnessId }, async (transaction, held) => {
    const { card } = held;
    demandMayChange(actor, 'enable', held, await mayEnable(transaction, card));
    const treated = await releaseCertificates(transaction, card);
    const become = { state: 'issued', stateReason: null } as const;
    return settle(central, transaction, { action: 'enable', actor, card, become, treated, note });
  });
}

/** What was done, and what the audit is to have of it: the last thing that the transaction does. */
export interface CardOutcome {
  readonly changed: ChangedCard;
  readonly entries: readonly AuditEntry[];
}

/**
 * The part of `cancelCard` for a transaction that holds the card, and knows that it may: a card that is replaced is cancelled with the
 * request for the new one. The caller records the entries, and has the revocation list published.
 * @throws RefusedError `OP-02-not-issued`
 */
export async function cancelHeldCard(
  central: Central,
  transaction: Database,
  actor: Actor,
  card: CardRow,
  { reason, note }: { readonly reason: KeptReason; readonly note: string | null },
): Promise<CardOutcome> {
  const refused = mayHappen(card.state, 'cancel');
  if (refused) throw refuseCardChange(refused, 'cancel');
  const now = central.now();
  const before = await whatMayBeOnCard(transaction, card.id);
  const ended = await endOperation(central, transaction, actor, card.id);
  const treated = await treatCertificates(transaction, { card, reason, action: 'cancel', before, now });
  const cancelled = await cancelRequestsOnto(transaction, actor, card.id, now);
  await endProofs(transaction, card.id);
  const become = { state: 'cancelled', stateReason: reason.code } as const;
  const settled = await settle(central, transaction, {
    action: 'cancel',
    actor,
    card,
    become,
    treated,
    note,
  });
  return { ...settled, entries: [...ended, ...cancelled, ...settled.entries] };
}

interface Attempted {
  readonly action: CardAction;
  readonly cardId: string;
  readonly reason?: string;
  readonly note: string | null;
  readonly witnessId: string | null | undefined;
}

async function change(
  central: Central,
  actor: Actor,
  { note, witnessId, ...attempt }: Attempted,
  work: (transaction: Database, held: HeldCard) => Promise<CardOutcome>,
): Promise<ChangedCard> {
  const about = { ...attempt, ...(note === null ? {} : { note }) };
  const changed = await onRecord(
    central,
    actor,
    about,
    async (transaction) => {
      const held = await holdCard(transaction, actor, attempt.cardId);
      const outcome = await work(transaction, held);
      const witnessed = isOther(held.card, outcome.changed)
        ? await witnessOf(central, transaction, actor, held, attempt, witnessId)
        : [];
      await recordAudits(central, transaction, [...witnessed, ...outcome.entries], central.now());
      return outcome.changed;
    },
    'card.refused',
  );
  await publishRevocationList(central, 'issuing');
  return changed;
}

/** Asked again, because the answer was lost, what is done already needs no second word of the witness. */
function isOther(before: CardRow, { card, revoked, held, released }: ChangedCard): boolean {
  const isTreated = revoked.length + held.length + released.length > 0;
  return isTreated || card.state !== before.state || card.stateReason !== before.stateReason;
}

async function witnessOf(
  central: Central,
  transaction: Database,
  actor: Actor,
  { card, holder }: HeldCard,
  { action, reason }: Pick<Attempted, 'action' | 'reason'>,
  witnessId: string | null | undefined,
): Promise<AuditEntry[]> {
  const profile = (await newestRevision(transaction, card.profileName))?.profile ?? {};
  const wish = { action, cardId: card.id, reason: reason ?? null, profile, holder };
  return demandWitness(central, transaction, actor, wish, witnessId);
}

interface Settlement {
  readonly action: CardAction;
  readonly actor: Actor;
  readonly card: CardRow;
  readonly become: Pick<CardRow, 'state' | 'stateReason'>;
  readonly treated: TreatedCertificates;
  readonly note: string | null;
}

const TOLD: Readonly<Record<CardAction, readonly [type: string, mail: MailKind]>> = {
  cancel: ['card.cancelled', 'cardCancelled'],
  disable: ['card.disabled', 'cardDisabled'],
  enable: ['card.enabled', 'cardEnabled'],
};

/** The card's record, the mail and the audit; nothing of that where nothing is different. */
async function settle(
  central: Central,
  transaction: Database,
  { action, actor, card, become, treated, note }: Settlement,
): Promise<CardOutcome> {
  const changed = { ...treated, card: { ...card, ...become } };
  if (!isOther(card, changed)) return { changed, entries: [] };
  const isStateOther = become.state !== card.state || become.stateReason !== card.stateReason;
  const [type, mail] = TOLD[action];
  if (isStateOther) await changeCard(transaction, card.id, become);
  if (become.state !== card.state) await tell(central, transaction, card.holderId, mail, facts(actor, card));
  const detail = {
    ...{ owner: card.holderId, before: card.state, reason: become.stateReason ?? card.stateReason, note },
    ...{ ...treated, ...actorDetail(actor) },
  };
  return { changed, entries: [{ type, actor: actor.name, cardId: card.id, detail }] };
}

function facts({ standing, kiosk }: Actor, { serial }: CardRow) {
  const isHelpdesk = standing.kind === 'operator' && standing.role === 'helpdesk';
  const others = isHelpdesk ? ('helpdesk' as const) : ('administrator' as const);
  // Whoever collects a card in the place of another one.
  const by = standing.kind === 'holder' ? ('owner' as const) : others;
  return { ...(kiosk && { kiosk: kiosk.name }), ...cardFact(serial), by };
}
