/** Who collects a soft certificate: its owner with card and PIN, or an operator for somebody in their scope (KR-02, KR-03). */
import type { Central } from '../central.ts';
import { demandCollectRight } from '../collection/find-request.ts';
import type { Database } from '../database.ts';
import { findSubject } from '../operation/may-begin.ts';
import { RefusedError } from '../refused.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import type { PersonRow } from '../repositories/people.ts';
import { findProof, lockProof, type ProofRow } from '../repositories/proofs.ts';
import { lockRequest, type RequestRow } from '../repositories/requests.ts';
import { type Actor, COMMAND, holderActor } from '../request/actor.ts';
import { holdRequest } from '../request/find.ts';
import { refuseRequest } from '../request/request-error.ts';
import { findOperatorOf } from '../session/find-operator.ts';

export interface Collector {
  /** Held. */
  readonly request: RequestRow;
  readonly owner: PersonRow;
  readonly actor: Actor;
  /** Of the owner's card; null: an operator collects. */
  readonly proof: ProofRow | null;
  readonly cardId: string | null;
}

interface Asked {
  readonly requestId: string;
  readonly proofId: string | null;
  readonly token: unknown;
}

/**
 * @throws RefusedError `KR-01-no-such-request` also where it is somebody else's; `KR-06-other-kind`, `KR-03-no-right`, `KR-02-pin-needed`,
 * `ID-01-not-proved`; with a code of REFUSALS, ACT_REFUSALS, of `findOperatorOf`
 */
export async function readCollector(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  asked: Asked,
): Promise<Collector> {
  const collector =
    asked.proofId === null
      ? await operator(central, transaction, kiosk, asked)
      : await holder(central, transaction, kiosk, asked.requestId, asked.proofId);
  const { request, owner, actor } = collector;
  if (request.kind !== 'softCertificate') {
    const why = 'it is not for a file with a password; choose it from the list again';
    throw new RefusedError(409, 'KR-06-other-kind', `collect request: ${why}`);
  }
  await demandCollectRight(transaction, actor, owner, request);
  return collector;
}

async function holder(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  requestId: string,
  proofId: string,
): Promise<Collector> {
  const cardId = (await findProof(transaction, proofId))?.cardId;
  if (!cardId) throw notProved('there is no such proof');
  const { holder: owner } = await findSubject(central, transaction, kiosk, cardId);
  const proof = await demandCardProof(central, transaction, kiosk, proofId);
  const request = await lockRequest(transaction, requestId);
  if (request?.ownerId !== owner.id) throw refuseRequest('KR-01-no-such-request');
  return { request, owner, proof, cardId, actor: holderActor(owner.id, kiosk) };
}

/** By card and PIN, here, and not long ago. */
async function demandCardProof(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  proofId: string,
): Promise<ProofRow> {
  const proof = await lockProof(transaction, proofId);
  if (!proof || proof.kioskId !== kiosk.id) throw notProved('there is no such proof');
  if (proof.state !== 'accepted') throw notProved('its owner has not proved themselves');
  if (proof.kind === 'code') {
    const why = 'its owner enters the PIN of the card for it; a one-time code does not do';
    throw new RefusedError(403, 'KR-02-pin-needed', `collect request: ${why}`);
  }
  if (proof.expiresAt <= central.now()) throw notProved('the proof is too old; prove it anew');
  return proof;
}

async function operator(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { requestId, token }: Asked,
): Promise<Collector> {
  const { actor } = await findOperatorOf(central, kiosk, token);
  const { request, owner } = await holdRequest(transaction, actor, requestId);
  return { request, owner, actor, proof: null, cardId: null };
}

/** Before anybody is known, and for what a kiosk tells of its own: as the audit names it. */
export function kioskAlone(kiosk: Kiosk): Actor {
  return { ...holderActor('', kiosk), standing: { kind: 'command' } };
}

/** A person's own machine, which central knows by a token alone: as the audit names it. */
export const MACHINE: Actor = { ...COMMAND, name: 'machine' };

function notProved(why: string): RefusedError {
  return new RefusedError(403, 'ID-01-not-proved', `collect request: ${why}`);
}
