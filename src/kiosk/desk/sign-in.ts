import type { SignedInOperator } from '../../domain/desk-pages.ts';
import { CENTRAL_NOT_REACHED, type Refused, refuse } from '../card-visit.ts';
import type { CentralClient } from '../central-client.ts';
import { proveHolder } from '../prove-holder.ts';
import { type OperatorCardPorts, withOperatorCard } from './operator-card.ts';

/** Somebody has signed in (ID-05). */
export interface Begun {
  readonly kind: 'begun';
  /** Names the session to central: in a header, and nowhere else. */
  readonly token: string;
  readonly operator: SignedInOperator;
  /** Central ends it when nothing was asked for so long. */
  readonly idleSeconds: number;
}

/** What came of signing in. */
export type SignIn = Begun | { readonly kind: 'wrongPin'; readonly triesLeft: number } | Refused;

export interface SignInRequest {
  readonly client: CentralClient;
  readonly reader: number;
  readonly cardId: string;
  /** As typed; asked for at each use. */
  pin(): Uint8Array;
  readonly signal: AbortSignal;
}

/** An answer that was lost is asked for again: the same proof gives the same session. */
const TRIES = 3;

/**
 * The operator's own card proves them by its PIN, is given back, and central begins a session for it. A session that was begun although
 * nobody waits any more is answered all the same: it is to be ended.
 * @throws AbortError
 */
export async function signIn(ports: OperatorCardPorts, request: SignInRequest): Promise<SignIn> {
  const { client, cardId, pin, signal } = request;
  const proof = await withOperatorCard(ports, request, signal, (session) =>
    proveHolder({ client, session, cardId, pin, signal }),
  );
  if (proof.kind !== 'proved') return proof;
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted();
    const answer = await client.beginSession(proof.proofId);
    if (answer.kind === 'refused') return refuse(answer.code);
    if (answer.kind === 'unreachable') {
      if (tries === TRIES) return CENTRAL_NOT_REACHED;
      continue;
    }
    const { token, person, role, group, idleSeconds } = answer.value;
    return { kind: 'begun', token, operator: { ...person, role, group }, idleSeconds };
  }
}
