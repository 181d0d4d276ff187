import type { CardCapabilities } from '../domain/capabilities.ts';
import { emptyCard } from '../encoder/empty-card.ts';
import { encodeCard } from '../encoder/encode-card.ts';
import type { PinHandover } from '../encoder/encode-request.ts';
import { OperationRefusedError, type Progress, type StepName } from '../encoder/ports.ts';
import { CARD_TOO_SMALL } from '../flows/walk-up-event.ts';
import type { AcceptedTerms, ResultView } from '../flows/walk-up-state.ts';
import { createRecipient } from '../pki/hpke.ts';
import type { BeginRequest, OperationPlan, OperationResult } from '../protocol/operation.ts';
import type { Pause } from './backoff.ts';
import { CardPaces } from './card-paces.ts';
import { statusWordIn } from './card-trouble.ts';
import type { HeldCard } from './card-visit.ts';
import type { CentralClient } from './central-client.ts';
import { NO_ROOM } from './disk-reserve.ts';
import { codeOfStop } from './interruption.ts';
import { OperationJournal } from './journal.ts';
import type { Log } from './log.ts';
import { WaitingOperationCentral } from './operation-central.ts';
import type { Outbox } from './outbox.ts';
import type { OwnDatabase } from './own-database.ts';
import { Stopwatch } from './stopwatch.ts';
import { termsAnswerOf } from './terms.ts';

/** What a run needs of the kiosk. */
export interface CardRunPorts {
  readonly client: CentralClient;
  readonly own: OwnDatabase;
  readonly outbox: Outbox;
  readonly pause: Pause;
  readonly now: () => Date;
  readonly log: Log;
  /** Told of each step just before its command is sent to the card, and of `read-back` when that begins: for rehearsals. */
  onStep?(step: StepName): void;
}

/** The whole card anew, recovered keys onto it, a blank one that becomes somebody's, a new PIN, or a cancelled one that becomes blank. The first three can be what waited for its holder. */
export type CardWork =
  | {
      readonly kind: 'reprovision';
      readonly reason: string;
      readonly acceptsKeyLoss: boolean;
      /** The card update that is carried out by it (RP-15), or null. */
      readonly requestId: string | null;
      readonly acceptsTerms: AcceptedTerms | null;
      /** A second operator's statement. */
      readonly witnessId: string | null;
    }
  | {
      readonly kind: 'collection';
      readonly requestId: string;
      /** Serial numbers of certificates. */
      readonly leavesOut: readonly string[];
      readonly confirmedRemovals: readonly string[];
      readonly acceptsTerms: AcceptedTerms | null;
    }
  | {
      readonly kind: 'issue';
      readonly requestId: string;
      /** Of the chip; null where it has none. */
      readonly serial: string | null;
      /** Serial numbers of certificates. */
      readonly leavesOut: readonly string[];
      readonly acceptsTerms: AcceptedTerms | null;
      /** A second operator's statement. */
      readonly witnessId: string | null;
    }
  | {
      readonly kind: 'pinReset';
      readonly requestId: null;
      readonly acceptsTerms: AcceptedTerms | null;
      /** A second operator's statement. */
      readonly witnessId: string | null;
    }
  | { readonly kind: 'empty'; readonly requestId: null };

export interface CardRunRequest {
  readonly visit: HeldCard;
  /** By central's record. */
  readonly cardId: string;
  readonly work: CardWork;
  readonly pin: PinHandover;
  onProgress(progress: Progress, hasBegunWriting: boolean): void;
  onWaiting(waits: boolean): void;
}

/** What every begin says. */
type Beginning = Pick<BeginRequest, 'proofId' | 'cardId' | 'capabilities' | 'recipientKey'>;

/** How a run ended. */
export type CardRunEnd =
  | { readonly kind: 'completed'; readonly result: ResultView }
  | {
      readonly kind: 'stopped';
      readonly code: string;
      readonly hasBegunWriting: boolean;
      /** Of the card's last answer, where that was what went wrong. */
      readonly statusWord?: number;
    };

/** One run of changing one card, from `begin` or `collect` to central's answer to `complete`. */
export class CardRun {
  readonly #ports: CardRunPorts;
  readonly #request: CardRunRequest;
  readonly #abort = new AbortController();
  #hasBegunWriting = false;
  #progress: Progress | null = null;
  /** Asks for this run, once it has its key. */
  #client: CentralClient;

  constructor(ports: CardRunPorts, request: CardRunRequest) {
    this.#ports = ports;
    this.#client = ports.client;
    this.#request = request;
  }

  /** Everything was read back and proved; central commits without the card (operation.md D). */
  get isCompleting(): boolean {
    return this.#progress?.phase === 'complete';
  }

  /** Ends the run, unless the card is already being written: then a person is told that taking it out is safe (RP-17). */
  cancel(): void {
    if (!this.#hasBegunWriting) this.stop();
  }

  /** Ends the run between two commands. */
  stop(): void {
    this.#abort.abort();
  }

  /** Never throws; the PIN is wiped whatever happens. */
  async run(): Promise<CardRunEnd> {
    const { pin, cardId } = this.#request;
    let plan: OperationPlan | null = null;
    try {
      const recipient = await createRecipient();
      this.#client = this.#ports.client.inRun(recipient.publicKey);
      plan = await this.#begin(recipient.publicKey);
      this.#record('operation.begun', cardId, plan.operationId, { isResumed: plan.isResumed });
      const result = await this.#encode(plan, recipient);
      this.#record('operation.completed', cardId, plan.operationId, {
        certificates: result.certificates.length,
      });
      return { kind: 'completed', result };
    } catch (error) {
      const code = codeOfStop(error, this.#abort.signal);
      if (code === 'UX-09-internal') this.#ports.log.error({ err: error }, 'a run failed');
      return { ...(await this.#stopped(code, plan)), ...statusWordIn(error) };
    } finally {
      pin.old?.fill(0);
      pin.next.fill(0);
    }
  }

  async #begin(recipientKey: Uint8Array): Promise<OperationPlan> {
    const { visit, work, cardId } = this.#request;
    const { signal } = this.#abort;
    const { proofId } = visit;
    if (!this.#ports.own.reserve.isThere)
      throw new OperationRefusedError(NO_ROOM, 'begin operation: the disk of this kiosk is full');
    if (work.kind === 'empty') return this.#demand(await this.#askEmpty(recipientKey));
    if (proofId === null) throw new OperationRefusedError('ID-01-not-proved', 'begin operation: no proof');
    const capabilities = await this.#capabilities();
    return this.#demand(await this.#ask(work, { proofId, cardId, capabilities, recipientKey }, signal));
  }

  /** Whether it takes keys is nothing to a new PIN: then it is not tried. */
  #capabilities(): Promise<CardCapabilities> {
    const { work, visit } = this.#request;
    return work.kind === 'pinReset' ? visit.session.presumedCapabilities() : visit.session.capabilities();
  }

  async #askEmpty(recipientKey: Uint8Array) {
    const { visit, cardId } = this.#request;
    const capabilities = await visit.session.capabilities();
    return this.#client.empty(cardId, { capabilities, recipientKey }, this.#abort.signal);
  }

  #demand(answer: Awaited<ReturnType<CentralClient['empty']>>): OperationPlan {
    if (answer.kind === 'ok') return answer.value;
    const code = answer.kind === 'refused' ? answer.code : 'SY-03-central-not-reached';
    const why = answer.kind === 'refused' ? answer.message : answer.why;
    throw new OperationRefusedError(code, `begin operation: ${why}`);
  }

  #ask(work: Exclude<CardWork, { kind: 'empty' }>, common: Beginning, signal: AbortSignal) {
    const { proofId, capabilities, recipientKey } = common;
    switch (work.kind) {
      case 'reprovision':
        return this.#client.begin({ ...common, ...beginning(work) }, signal);
      case 'collection':
        return this.#client.collect(work.requestId, { ...common, ...collecting(work) }, signal);
      case 'issue': {
        const { requestId, serial, leavesOut } = work;
        const asked = { proofId, serial, capabilities, recipientKey, leavesOut: [...leavesOut] };
        return this.#client.issue(requestId, { ...asked, ...agreed(work) }, signal);
      }
      case 'pinReset': {
        const { witnessId, acceptsTerms } = work;
        const asked = { proofId, capabilities, recipientKey, witnessId, ...termsAnswerOf(acceptsTerms) };
        return this.#client.resetPin(common.cardId, asked, signal);
      }
    }
  }

  async #encode(
    plan: OperationPlan,
    recipient: Awaited<ReturnType<typeof createRecipient>>,
  ): Promise<OperationResult> {
    const { visit, pin, work } = this.#request;
    const { pause, own, log } = this.#ports;
    const client = this.#client;
    const { signal } = this.#abort;
    const { operationId } = plan;
    const journal = this.#journalOf(plan);
    // Waiting for central says nothing of how long a card takes.
    const watch = new Stopwatch(() => performance.now());
    const onWaiting = (waits: boolean) => {
      watch.hold(waits);
      this.#request.onWaiting(waits);
    };
    const encode = work.kind === 'empty' ? emptyCard : encodeCard;
    const { result } = await encode({
      connection: visit.connection,
      session: visit.session,
      plan,
      capabilities: await this.#capabilities(),
      central: new WaitingOperationCentral({ client, operationId, pause, signal, onWaiting }),
      journal: {
        intend: (step) => {
          signal.throwIfAborted();
          journal.intend(step);
          this.#beginWriting();
          this.#ports.onStep?.(step);
        },
        done: (step) => journal.done(step),
      },
      pin,
      openSealed: (sealed, associatedData) => recipient.open(sealed, associatedData),
      onProgress: (progress) => {
        if (progress.phase === 'verify' && this.#progress?.phase !== 'verify')
          this.#ports.onStep?.('read-back');
        this.#progress = progress;
        this.#request.onProgress(progress, this.#hasBegunWriting);
      },
      signal,
      paces: new CardPaces(own, visit.connection.atr, log),
      now: () => watch.elapsedMs(),
    });
    journal.remove();
    return result;
  }

  #journalOf({ operationId }: OperationPlan): OperationJournal {
    const { own, now } = this.#ports;
    return new OperationJournal(own, operationId, this.#request.cardId, now);
  }

  #beginWriting(): void {
    if (this.#hasBegunWriting) return;
    this.#hasBegunWriting = true;
    if (this.#progress) this.#request.onProgress(this.#progress, true);
  }

  async #stopped(code: string, plan: OperationPlan | null): Promise<CardRunEnd> {
    const { log } = this.#ports;
    const { cardId } = this.#request;
    const hasBegunWriting = this.#hasBegunWriting && code !== CARD_TOO_SMALL;
    this.#record('operation.stopped', cardId, plan?.operationId ?? null, { code, hasBegunWriting });
    if (plan && !plan.isResumed && !hasBegunWriting) {
      const answer = await this.#client.cancel(plan.operationId);
      if (answer.kind !== 'ok')
        log.warn({ answer, operationId: plan.operationId }, 'an operation stays open');
      else this.#journalOf(plan).remove();
    }
    return { kind: 'stopped', code, hasBegunWriting };
  }

  #record(
    type: string,
    cardId: string,
    operationId: string | null,
    detail: Record<string, string | number | boolean>,
  ): void {
    const { kind, requestId } = this.#request.work;
    const whole = { kind, ...(requestId === null ? {} : { request: requestId }), ...detail };
    try {
      this.#ports.outbox.record({ type, cardId, operationId, detail: whole });
    } catch (error) {
      this.#ports.log.error({ err: error, type }, 'an event cannot be recorded');
    }
  }
}

function beginning(work: Extract<CardWork, { kind: 'reprovision' }>) {
  const { reason, acceptsKeyLoss, requestId } = work;
  return { reason, acceptsKeyLoss, ...(requestId === null ? {} : { requestId }), ...agreed(work) };
}

/** What an older central does not know is left out where there is none. */
function agreed({
  acceptsTerms,
  witnessId,
}: Pick<Extract<CardWork, { kind: 'issue' }>, 'acceptsTerms' | 'witnessId'>) {
  return {
    ...termsAnswerOf(acceptsTerms),
    ...(witnessId === null ? {} : { witnessId }),
  };
}

function collecting({
  leavesOut,
  confirmedRemovals,
  acceptsTerms,
}: Extract<CardWork, { kind: 'collection' }>) {
  const chosen = { leavesOut: [...leavesOut], confirmedRemovals: [...confirmedRemovals] };
  return { ...chosen, ...termsAnswerOf(acceptsTerms) };
}
