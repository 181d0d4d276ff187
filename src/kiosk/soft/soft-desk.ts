import type { PasswordPolicy } from '../../domain/password-policy.ts';
import type { PasswordField } from '../../flows/soft-state.ts';
import type { WalkUpEffect, WalkUpEvent } from '../../flows/walk-up-event.ts';
import { watchMedia } from '../media/watch-media.ts';
import { PasswordBuffers, type PasswordFacts } from '../pfx/password-buffers.ts';
import { mediumView } from './medium-view.ts';
import { collectSoft, type SoftRunPorts } from './soft-run.ts';

type Effect<R extends WalkUpEffect['run']> = Extract<WalkUpEffect, { run: R }>;

export interface SoftDeskOptions extends SoftRunPorts {
  /** Brings what came of an effect back to the flow. */
  send(event: WalkUpEvent): void;
  /** Something is in the outbox. */
  onRecorded(): void;
}

/** Performs what the walk-up asks for on the way to a soft certificate. Holds what a flow may not: the password. */
export class SoftDesk {
  readonly #passwords = new PasswordBuffers();
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

  /** @param proofId of the owner's card */
  async save(effect: Effect<'saveSoft'>, proofId: string | null, signal: AbortSignal): Promise<void> {
    const { send, onRecorded } = this.#options;
    const { attempt, requestId, cardId, medium, isOld } = effect;
    const password = this.#passwords.handOver();
    if (proofId === null) {
      password.fill(0);
      return send({ type: 'softStopped', attempt, code: 'ID-01-not-proved' });
    }
    const onPhase = (phase: 'fetch' | 'make' | 'save') => send({ type: 'softProgressed', attempt, phase });
    const request = { requestId, cardId, proofId, medium, isOld, password, onPhase };
    const end = await collectSoft(this.#options, request, signal);
    onRecorded();
    if (end.kind === 'saved') send({ type: 'softSaved', attempt, file: end.file });
    else send({ type: 'softStopped', attempt, code: end.code });
  }
}
