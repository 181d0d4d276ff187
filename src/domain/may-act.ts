/** Who may do what with a request, at kiosk and at central alike (KR-02 to KR-04, ID-05). */
import type { OperatorRole } from './operator.ts';
import type { RequestRights } from './profile.ts';

export const REQUEST_ACTIONS = ['see', 'request', 'approve', 'reject', 'cancel', 'collect'] as const;
export type RequestAction = (typeof REQUEST_ACTIONS)[number];

/** Why somebody may not: each is a stable code of its own. */
export const ACT_REFUSALS = [
  'ID-05-not-an-operator',
  'ID-05-operator-disabled',
  'KR-03-no-right',
  'KR-03-out-of-scope',
  'KR-04-own-keys',
  'KR-04-own-request',
  'KR-04-approved-before',
] as const;
export type ActRefusal = (typeof ACT_REFUSALS)[number];

/**
 * command: the administrator at central's own machine, who gives no verdicts. holder: whoever has proved themselves with
 * their own card. operator: at a kiosk, or named in a command.
 */
export type Standing =
  | { readonly kind: 'command' }
  | { readonly kind: 'holder'; readonly personId: string }
  | {
      readonly kind: 'operator';
      readonly personId: string;
      /** Null: not an operator any more. */
      readonly role: OperatorRole | null;
      readonly isActive: boolean;
    };

/** What somebody wants to act on. */
export interface ActSubject {
  /** Of the newest revision of the request's profile. */
  readonly rights: RequestRights;
  /** Whose keys and card it is about. */
  readonly ownerId: string;
  /** The owner is in a group that this operator acts for. */
  readonly isInScope: boolean;
  /** Null: a command asked, or nobody has yet. */
  readonly requestedById: string | null;
  /** Operators who have said yes or no to it. */
  readonly verdictsBy: readonly string[];
}

/** @returns null when it is allowed, as far as it depends on who acts */
export function mayAct(who: Standing, action: RequestAction, subject: ActSubject): ActRefusal | null {
  const isVerdict = action === 'approve' || action === 'reject';
  if (who.kind === 'command') return isVerdict ? 'ID-05-not-an-operator' : null;
  if (who.kind === 'holder') return mayHolder(who.personId, action, subject);
  if (who.role === null) return 'ID-05-not-an-operator';
  if (!who.isActive) return 'ID-05-operator-disabled';
  // For others only: what is their own they collect as any cardholder, without being signed in for it.
  if (action === 'collect' && who.personId === subject.ownerId) return 'KR-04-own-keys';
  if (!isVerdict && mayHolder(who.personId, action, subject) === null) return null;
  if (action === 'cancel' && who.personId === subject.requestedById) return null;
  if (!roleMay(who.role, action, subject.rights)) return 'KR-03-no-right';
  if (!subject.isInScope) return 'KR-03-out-of-scope';
  if (!isVerdict) return null;
  if (who.personId === subject.ownerId) return 'KR-04-own-keys';
  if (who.personId === subject.requestedById) return 'KR-04-own-request';
  return subject.verdictsBy.includes(who.personId) ? 'KR-04-approved-before' : null;
}

/** Of one's own: seen and cancelled by everybody, asked for and collected where the profile lets cardholders. */
function mayHolder(personId: string, action: RequestAction, { rights, ownerId }: ActSubject) {
  if (action === 'approve' || action === 'reject') return 'ID-05-not-an-operator';
  if (personId !== ownerId) return 'KR-03-out-of-scope';
  if (action === 'request' || action === 'collect')
    return rights[action].includes('cardholder') ? null : 'KR-03-no-right';
  return null;
}

function roleMay(role: OperatorRole, action: RequestAction, rights: RequestRights): boolean {
  if (action === 'see') return true;
  if (action === 'reject') return rights.approve.includes(role);
  // Whoever may ask for it or let it pass may also call it off.
  if (action === 'cancel') return rights.request.includes(role) || rights.approve.includes(role);
  return rights[action].includes(role);
}
