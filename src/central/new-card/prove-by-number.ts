/** ID-02: whoever has the number from the helpdesk may collect the card; nothing else of them is asked. */
import {
  LOCATOR_DIGITS,
  type NewCardProofRequest,
  type NewCardProofResponse,
} from '../../protocol/new-card.ts';
import type { Central } from '../central.ts';
import { acceptCode, judgeCode } from '../code-proof.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { type AuditEntry, recordAudit } from '../repositories/audit.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { findByLocator } from '../repositories/new-card-requests.ts';
import type { Actor } from '../request/actor.ts';
import { applyChoice, chooseRecord } from './choose-record.ts';
import { describeIssue } from './describe-issue.ts';
import { demandIssue, holdIssue } from './hold-issue.ts';
import type { WrongNumbers } from './wrong-numbers.ts';

/** Who tries, and where. */
export interface NumberAttempt extends NewCardProofRequest {
  readonly kiosk: Kiosk;
  /** An operator who is signed in; null: whoever has typed the number counts as the owner. */
  readonly actor: Actor | null;
}

/**
 * Checks a number for the card in the reader, and decides by which record it is to be issued.
 * @throws RefusedError as `newCardProofRequest` says
 */
export async function proveByNumber(
  central: Central,
  wrong: WrongNumbers,
  attempt: NumberAttempt,
): Promise<NewCardProofResponse> {
  try {
    wrong.demandPatience(attempt.kiosk.id);
    const outcome = await central.database.transaction((transaction) =>
      attemptOnce(central, transaction, attempt),
    );
    // What was counted is part of what was committed: the refusal is thrown only now.
    if (outcome.kind === 'proved') return outcome.proof;
    if (outcome.kind === 'noRequest') throw wrong.refuse(attempt.kiosk.id, locatorOf(attempt));
    if (outcome.kind === 'wrongCode') wrong.note(attempt.kiosk.id);
    throw outcome.refused;
  } finally {
    attempt.code.fill(0);
  }
}

type Outcome =
  | { readonly kind: 'proved'; readonly proof: NewCardProofResponse }
  | { readonly kind: 'noRequest' }
  | { readonly kind: 'wrongCode' | 'refused'; readonly refused: RefusedError };

function locatorOf({ code }: Pick<NumberAttempt, 'code'>): string {
  return Buffer.from(code.subarray(0, LOCATOR_DIGITS)).toString('latin1');
}

async function attemptOnce(
  central: Central,
  transaction: Database,
  { kiosk, actor, code: number, ...sighting }: NumberAttempt,
): Promise<Outcome> {
  const found = await findByLocator(transaction, locatorOf({ code: number }));
  const held = found && (await holdIssue(central, transaction, found.id));
  const tell = (entry: Partial<AuditEntry> & { readonly type: string }) => {
    const whole = { actor: `kiosk:${kiosk.name}`, ...entry, detail: { proof: 'code', ...entry.detail } };
    return recordAudit(central, transaction, whole, central.now());
  };
  if (!held) {
    await tell({ type: 'proof.refused', detail: { code: 'ID-03-wrong-code' } });
    return { kind: 'noRequest' };
  }
  const { card, request } = held;
  const code = number.subarray(LOCATOR_DIGITS);
  const judged = await judgeCode(central, transaction, { cardId: card.id, code });
  const about = { request: request.id, codeId: judged.codeId };
  if (judged.refused) {
    await tell({ type: 'proof.refused', cardId: card.id, detail: { ...about, code: judged.refused.code } });
    return { kind: 'wrongCode', refused: judged.refused };
  }
  const subject = await demandIssue(central, transaction, kiosk, held, actor);
  const choice = await chooseRecord(transaction, held, sighting);
  if (choice instanceof RefusedError) {
    // The right number at the wrong card: it may be typed again.
    await acceptCode(central, transaction, kiosk, judged.code);
    await tell({ type: 'proof.refused', cardId: card.id, detail: { ...about, code: choice.code } });
    return { kind: 'refused', refused: choice };
  }
  const cardId = await applyChoice(central, transaction, held, choice);
  const accepted = await acceptCode(central, transaction, kiosk, { ...judged.code, cardId });
  await tell({ type: 'proof.accepted', cardId, detail: about });
  const described = await describeIssue(transaction, held, subject);
  return { kind: 'proved', proof: { ...accepted, cardId, ...described } };
}
