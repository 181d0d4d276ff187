import type { PasswordPolicy } from '../../domain/password-policy.ts';
import type { PasswordField } from '../../flows/soft-state.ts';
import type { WalkUpEffect, WalkUpEvent } from '../../flows/walk-up-event.ts';
import type { CentralClient } from '../central-client.ts';
import { watchMedia } from '../media/watch-media.ts';
import { PasswordBuffers, type PasswordFacts } from '../pfx/password-buffers.ts';
import { termsAnswerOf } from '../terms.ts';
import { mediumView } from './medium-view.ts';
import { collectSoft, type SoftRunPorts } from './soft-run.ts';

type Effect<R extends WalkUpEffect['run']> = Extract<WalkUpEffect, { run: R }>;

export interface SoftDeskOptions extends SoftRunPorts {
  readonly client: SoftRunPorts['client'] & Pick<CentralClient, 'collectionToken'>;
  /** Brings what came of an effect back to the flow. */
  send(event: WalkUpEvent): void;
  /** Something is in the outbox. */
  onRecorded(): void;
}

const NO_TOKEN = new Uint8Array();
const NO_SUCH_PAGE = 'SE-07-no-such-page';

/** Performs what the walk-up asks for on the way to a soft certificate. Holds what a flow may not: the password, and a token while it is shown. */
export class SoftDesk {
  readonly #passwords = new PasswordBuffers();
  #token: Uint8Array = NO_TOKEN;
  readonly #options: SoftDeskOptions;

  constructor(options: SoftDeskOptions) {
    this.#options = options;
  }

  /** A character of the password, or null to take the last one back. @returns false when nothing has changed */
  type(field: PasswordField, codePoint: number | null): boolean {
    return codePoint === null ? this.#passwords.erase(field) : this.#passwords.push(field, codePoint);
  }

  facts(field: PasswordField, policy: PasswordPolicy): PasswordFacts {
    return this.#passwords.facts(field, policy);
  }

  wipe(): void {
    this.#passwords.wipe();
    this.#token.fill(0);
    this.#token = NO_TOKEN;
  }

  /** Has central give a token, which is held here until `wipe`. @param proofId of the owner's card, or of an operator's statement */
  async giveToken(
    { attempt, requestId, acceptsTerms }: Effect<'giveToken'>,
    proofId: string | null,
    client: SoftDeskOptions['client'],
    signal: AbortSignal,
  ): Promise<void> {
    const { send } = this.#options;
    const stopped = (code: string) => send({ type: 'softStopped', attempt, code });
    if (proofId === null) return stopped('ID-01-not-proved');
    const asked = { proofId, ...termsAnswerOf(acceptsTerms) };
    const answer = await client.collectionToken(requestId, asked, signal);
    if (answer.kind === 'unreachable') return stopped('SY-03-central-not-reached');
    // An older central has no tokens, and sends to the helpdesk.
    if (answer.kind === 'refused')
      return stopped(answer.code === NO_SUCH_PAGE ? 'KR-08-nss-only' : answer.code);
    this.wipe();
    const { token, url } = answer.value;
    this.#token = token;
    send({ type: 'tokenGiven', attempt, token, url });
  }

  /** Until the signal aborts. */
  watch({ attempt }: Effect<'watchMedia'>, signal: AbortSignal): Promise<void> {
    const { media: place, pause, log, send } = this.#options;
    return watchMedia(
      {
        ...{ place, pause, log },
        onChange: (media) => send({ type: 'mediaSeen', attempt, media: media.map(mediumView) }),
      },
      signal,
    );
  }

  /** @param proofId of the owner's card, or of an operator's statement @param client in whose name central is asked */
  async save(
    effect: Effect<'saveSoft'>,
    proofId: string | null,
    client: SoftDeskOptions['client'],
    signal: AbortSignal,
  ): Promise<void> {
    const { send, onRecorded } = this.#options;
    const { attempt, requestId, cardId, medium, isOld, acceptsTerms } = effect;
    const password = this.#passwords.handOver();
    if (proofId === null) {
      password.fill(0);
      return send({ type: 'softStopped', attempt, code: 'ID-01-not-proved' });
    }
    const onPhase = (phase: 'fetch' | 'make' | 'save') => send({ type: 'softProgressed', attempt, phase });
    const chosen = { requestId, cardId, proofId, medium, isOld, acceptsTerms };
    const request = { ...chosen, password, onPhase };
    const end = await collectSoft({ ...this.#options, client }, request, signal);
    onRecorded();
    if (end.kind === 'saved') send({ type: 'softSaved', attempt, file: end.file });
    else send({ type: 'softStopped', attempt, code: end.code });
  }
}
