/** Who acts at central, and whether they may: by their role, scope and rights as they are now (KR-03, KR-04, ID-05). */

import { commonRights } from '../../domain/common-rights.ts';
import {
  type ActRefusal,
  type ActSubject,
  mayAct,
  type RequestAction,
  type Standing,
} from '../../domain/may-act.ts';
import type { Profile } from '../../domain/profile.ts';
import type { KeptReason } from '../../domain/reason.ts';
import type { Database } from '../database.ts';
import { RefusedError } from '../refused.ts';
import { groupsBelow } from '../repositories/groups.ts';
import type { Kiosk } from '../repositories/kiosks.ts';
import { findOperator } from '../repositories/operators.ts';
import type { PersonRow } from '../repositories/people.ts';
import { listRequestCertificates, listVerdicts, type RequestRow } from '../repositories/requests.ts';
import type { ChosenCertificate } from './choose-certificates.ts';
import { sourceProfiles } from './source-profiles.ts';

export interface Actor {
  readonly standing: Standing;
  /** As in the audit: `command`, `operator:LOGIN`, `kiosk:NAME`. */
  readonly name: string;
  /** Where they act; null: at central's own machine. */
  readonly kiosk: Kiosk | null;
  /** Groups whose people an operator acts for. */
  readonly groupIds: ReadonlySet<string>;
}

const NO_GROUPS: ReadonlySet<string> = new Set();

/** The administrator at central's own machine. */
export const COMMAND: Actor = {
  ...{ standing: { kind: 'command' }, name: 'command', kiosk: null, groupIds: NO_GROUPS },
};

/** An operator as central knows them now. @param kiosk null: named in a command at central */
export async function operatorActor(
  database: Database,
  person: Pick<PersonRow, 'id' | 'login' | 'state'>,
  kiosk: Kiosk | null,
): Promise<Actor> {
  const operator = await findOperator(database, person.id);
  return {
    standing: {
      ...{ kind: 'operator', personId: person.id, role: operator?.role ?? null },
      isActive: person.state === 'active',
    },
    name: `operator:${person.login ?? person.id}`,
    kiosk,
    groupIds: operator ? new Set(await groupsBelow(database, operator.groupId)) : NO_GROUPS,
  };
}

/** Somebody at a kiosk who has proved themselves with their own card. */
export function holderActor(personId: string, kiosk: Kiosk): Actor {
  return { standing: { kind: 'holder', personId }, name: `kiosk:${kiosk.name}`, kiosk, groupIds: NO_GROUPS };
}

/** Whether a reason is one that they may choose. */
export function mayChoose(standing: Standing, { chosenBy }: Pick<KeptReason, 'chosenBy'>): boolean {
  if (standing.kind === 'command') return true;
  if (standing.kind === 'holder') return chosenBy.includes('cardholder');
  return standing.role !== null && chosenBy.includes(standing.role);
}

/** Null: at central, by command. */
export function personOf({ standing }: Actor): string | null {
  return standing.kind === 'command' ? null : standing.personId;
}

/** What the audit says of an actor besides the name. */
export function actorDetail({ standing, kiosk }: Actor) {
  if (standing.kind === 'command') return {};
  return { [standing.kind]: standing.personId, kiosk: kiosk?.name ?? 'command' };
}

export interface Target {
  readonly owner: Pick<PersonRow, 'id' | 'groupId'>;
  readonly profile: Pick<Profile, 'requestRights'>;
  /** Absent: nobody has asked yet. */
  readonly request?: Pick<RequestRow, 'id' | 'requestedById'>;
  /** What is asked for, where that is known and nobody has asked yet. */
  readonly chosen?: readonly ChosenCertificate[];
}

/** For these everybody needs the right under the profiles that the keys come from as well (KR-03). To call something off takes no more. */
const MOVES_KEYS: readonly RequestAction[] = ['request', 'approve', 'collect'];

/** Null when they may. */
export async function refuseAct(
  database: Database,
  actor: Actor,
  action: RequestAction,
  { owner, profile, request, chosen }: Target,
): Promise<ActRefusal | null> {
  const verdicts = request ? await listVerdicts(database, request.id) : [];
  const keys = () => (request ? listRequestCertificates(database, request.id) : (chosen ?? []));
  const sources = MOVES_KEYS.includes(action) ? await sourceProfiles(database, await keys()) : [];
  const subject: ActSubject = {
    ...{ rights: commonRights([profile, ...sources]), ownerId: owner.id },
    ...{ isInScope: actor.groupIds.has(owner.groupId), requestedById: request?.requestedById ?? null },
    verdictsBy: verdicts.map(({ operatorId }) => operatorId),
  };
  return mayAct(actor.standing, action, subject);
}

/** @throws RefusedError with a code of ACT_REFUSALS */
export async function demandRight(
  database: Database,
  actor: Actor,
  action: RequestAction,
  target: Target,
): Promise<void> {
  const refused = await refuseAct(database, actor, action, target);
  if (refused) throw actRefusal(refused, action);
}

const WHY: Readonly<Record<ActRefusal, string>> = {
  'ID-05-not-an-operator': 'only an operator does that; see: operator list',
  'ID-05-operator-disabled': 'the account of this operator is disabled',
  'KR-03-no-right': 'the profile gives no such right to this role; ask somebody who has it',
  'KR-03-out-of-scope': 'its owner is in no group that this operator acts for; ask somebody who does',
  'KR-04-own-keys': 'it is about their own keys; ask another operator',
  'KR-04-own-request': 'they have asked for it themselves; ask another operator',
  'KR-04-approved-before': 'they have said their word to it before; ask another operator',
};

export function actRefusal(code: ActRefusal, action: RequestAction | 'sign in'): RefusedError {
  const intent = action === 'request' ? 'make request' : action === 'sign in' ? action : `${action} request`;
  return new RefusedError(403, code, `${intent}: ${WHY[code]}`);
}
