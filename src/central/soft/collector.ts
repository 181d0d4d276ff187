/** Who collects a soft certificate: its owner with card and PIN, or an operator for somebody in their scope (KR-02, KR-03). */
import type { Central } from '../central.ts';
import { demandCollectRight } from '../collection/find-request.ts';
import type { Database } from '../database.ts';
import { findSubject } from '../operation/may-begin.ts';
import { RefusedError } from '../refused.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import type { PersonRow } from '../repositories/people.ts';
import { changeProof, findProof, lockProof, type ProofRow } from '../repositories/proofs.ts';
import { lockRequest, type RequestRow } from '../repositories/requests.ts';
import { changeStatement, lockStatement } from '../repositories/statements.ts';
import { type Actor, COMMAND, holderActor } from '../request/actor.ts';
import { holdRequest } from '../request/find.ts';
import { refuseRequest } from '../request/request-error.ts';
import { findAttending, findOperatorOf } from '../session/find-operator.ts';
import { demandMayVouchFor } from '../statement/may-say.ts';
import { refuseStatement } from '../statement/statement-error.ts';

export interface Collector {
  /** Held. */
  readonly request: RequestRow;
  readonly owner: PersonRow;
  readonly actor: Actor;
  readonly evidence: Evidence;
  /** The owner's, by which they have proved themselves; null: an operator collects. */
  readonly cardId: string | null;
}

/** What the collection rests on: the owner's proof, or what an operator has signed. It serves once. */
export interface Evidence {
  /** What it has served for already. */
  readonly usedFor: string | null;
  /** @param id of what it serves for now */
  use(id: string): Promise<void>;
}

interface Asked {
  readonly requestId: string;
  readonly proofId: string | null;
  readonly token: unknown;
}

/**
 * @throws RefusedError `KR-01-no-such-request` also where it is somebody else's; `KR-06-other-kind`, `KR-03-no-right`, `KR-02-pin-needed`,
 * `ID-01-not-proved`, `KR-02-vouch-wanted`, `ID-02-not-signed`; with a code of REFUSALS, ACT_REFUSALS, of `findOperatorOf`
 */
export async function readCollector(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  asked: Asked,
): Promise<Collector> {
  const proof = asked.proofId === null ? undefined : await findProof(transaction, asked.proofId);
  const collector = proof
    ? await holder(central, transaction, kiosk, asked.requestId, proof)
    : await operator(central, transaction, kiosk, asked);
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
  { id: proofId, cardId }: ProofRow,
): Promise<Collector> {
  const { holder: owner } = await findSubject(central, transaction, kiosk, cardId);
  const proof = await demandCardProof(central, transaction, kiosk, proofId);
  const request = await lockRequest(transaction, requestId);
  if (request?.ownerId !== owner.id) throw refuseRequest('KR-01-no-such-request');
  const evidence: Evidence = {
    usedFor: proof.operationId,
    use: (id) => changeProof(transaction, proof.id, { operationId: id }),
  };
  return { request, owner, evidence, cardId, actor: holderActor(owner.id, kiosk) };
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
  if (proof.kind !== 'card') {
    const why = 'its owner enters the PIN of the card for it, or an operator signs that it is theirs';
    throw new RefusedError(403, 'KR-02-pin-needed', `collect request: ${why}`);
  }
  if (proof.expiresAt <= central.now()) throw notProved('the proof is too old; prove it anew');
  return proof;
}

async function operator(
  central: Central,
  transaction: Database,
  kiosk: Kiosk,
  { requestId, proofId, token }: Asked,
): Promise<Collector> {
  if (token === undefined && proofId !== null) throw notProved('there is no such proof');
  const { actor, session } = await findOperatorOf(central, kiosk, token, {
    action: 'collect',
    request: requestId,
  });
  // A session alone gives nobody's keys out: the operator's own card says whose they are.
  if (proofId === null) throw refuseStatement('KR-02-vouch-wanted', 'collect request');
  const statement = await lockStatement(transaction, proofId);
  const isSaid =
    statement?.action.kind === 'vouchRequest' &&
    statement.action.requestId === requestId &&
    statement.sessionId === session.id &&
    (statement.state === 'accepted' || statement.state === 'used') &&
    statement.expiresAt > central.now();
  if (!isSaid) throw refuseStatement('ID-02-not-signed', 'collect request');
  const found = await holdRequest(transaction, actor, requestId);
  await demandMayVouchFor(transaction, actor, found);
  const evidence: Evidence = {
    usedFor: statement.usedFor,
    use: (id) => changeStatement(transaction, statement.id, { state: 'used', usedFor: id }),
  };
  return { request: found.request, owner: found.owner, actor, evidence, cardId: null };
}

/** As the audit names whoever is refused: the operator who is signed in, if anybody is. */
export async function whoAsks(central: Central, kiosk: Kiosk, token: unknown): Promise<Actor> {
  return (await findAttending(central, kiosk, token))?.actor ?? kioskAlone(kiosk);
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
