import { FACTORY_PIN } from '../encoder/empty-card.ts';
import type { PinHandover } from '../encoder/encode-request.ts';
import {
  type PinField,
  READER_TROUBLES,
  type WalkUpEffect,
  type WalkUpEvent,
} from '../flows/walk-up-event.ts';
import { CardHand } from './card-hand.ts';
import type { CardWork } from './card-run.ts';
import { CardRuns, type CardRunsOptions } from './card-runs.ts';
import { codeOfCardTrouble, statusWordIn } from './card-trouble.ts';
import { type HeldCard, refuse } from './card-visit.ts';
import type { CentralClient } from './central-client.ts';
import { type LookPorts, lookAtCard, openCancelled } from './look-at-card.ts';
import { PinBuffers, type PinFacts } from './pin-buffers.ts';
import {
  type Asking,
  askByCode,
  askByNumber,
  askByOperator,
  askByPin,
  askDifference,
  askIssuePlan,
  askPreview,
  askSoft,
  askVouched,
  refusedBy,
} from './questions.ts';
import { readContents } from './read-contents.ts';
import { SoftDesk, type SoftDeskOptions } from './soft/soft-desk.ts';

type Effect<R extends WalkUpEffect['run']> = Extract<WalkUpEffect, { run: R }>;
/** Effects that take time; one runs after the other. */
type Job = Effect<
  | 'look'
  | 'readContents'
  | 'prove'
  | 'proveByCode'
  | 'proveByNumber'
  | 'proveByOperator'
  | 'proveVouched'
  | 'resetPin'
  | 'check'
  | 'compare'
  | 'planIssue'
  | 'reprovision'
  | 'collect'
  | 'issue'
  | 'empty'
  | 'watchMedia'
  | 'saveSoft'
  | 'giveToken'
  | 'offerSoft'
>;

export interface EffectRunnerOptions
  extends LookPorts,
    CardRunsOptions,
    Omit<SoftDeskOptions, 'client' | 'outbox'> {
  /** Whether what is in this reader came over the air. */
  isContactless(reader: number): boolean;
  /** What terms are read in (RP-19). */
  spokenLanguage(): string;
}

const WRITING = ['reprovision', 'collect', 'issue', 'empty', 'resetPin'] as const;
type WritingJob = Effect<(typeof WRITING)[number]>;
const INTERNAL = 'UX-09-internal';
/** How often a reader that is busy or gone is tried again. */
const READER_PAUSE_MS = 500;

/** Performs what the walk-up asks for. Holds what a flow may not: the card's connection, the proof, the PINs. */
export class EffectRunner {
  readonly pins = new PinBuffers();
  /** Soft certificates, and their password while it is typed. */
  readonly soft: SoftDesk;
  /** The cardholder's card. */
  readonly hand: CardHand;
  readonly #options: EffectRunnerOptions;
  readonly #runs: CardRuns;
  /** The attempt whose question to central is under way. */
  #checking: number | null = null;
  /** Central, asked in the session of whoever helps; else by the cardholder alone. */
  #client: CentralClient;
  #isAssisted = false;

  constructor(options: EffectRunnerOptions) {
    this.#options = options;
    this.soft = new SoftDesk(options);
    this.hand = new CardHand(options);
    this.#runs = new CardRuns(options);
    this.#client = options.client;
  }

  /**
   * Central is asked in this operator's session from now on (RP-10, ID-02), which what is under way is not. @param token null: nobody is
   * signed in any more
   */
  assist(token: string | null): void {
    const { client } = this.#options;
    this.#isAssisted = token !== null;
    this.#client = token === null ? client : client.inSession(token);
  }

  /** What may be known of the PIN that is typed into this field, by the policy of the card in hand. */
  pinFacts(field: PinField): PinFacts {
    const visit = this.hand.visit;
    const issued = visit?.kind === 'blank' ? visit.issue?.pinPolicy : undefined;
    const policy = visit?.kind === 'known' ? visit.known.profile.pinPolicy : issued;
    return this.pins.facts(field, policy ?? null);
  }

  perform(effect: WalkUpEffect): void {
    if (effect.run === 'wipePins') this.pins.wipe(effect.fields);
    else if (effect.run === 'wipePasswords') this.soft.wipe();
    else if (effect.run === 'record') this.#record(effect);
    else if (effect.run === 'cancel') this.#cancel(effect);
    else if (effect.run === 'release') this.#release();
    else this.#enqueue(effect);
  }

  /** Gives the card back and waits until nothing runs any more. */
  async close(): Promise<void> {
    this.#runs.stop();
    this.#release();
    await this.hand.idle();
    await this.#runs.ended();
    this.pins.wipe();
    this.soft.wipe();
  }

  /** What runs is ended, the card given back. */
  #release(): void {
    this.soft.wipe();
    this.#runs.release();
    this.hand.release();
  }

  /** A question to central is dropped, a run ended as long as nothing was written. */
  #cancel({ attempt }: Effect<'cancel'>): void {
    this.#runs.cancel();
    if (this.#checking === attempt) this.hand.endWork();
  }

  /** Whatever ran for an older attempt has no answer that counts any more. */
  #enqueue(job: Job): void {
    const signal = this.hand.endWork();
    this.hand.next(() => this.#run(job, signal).catch((error) => this.#failed(job, error, signal)));
  }

  async #run(job: Job, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    switch (job.run) {
      case 'look':
        return this.#look(job, signal);
      case 'readContents':
        return this.#question(job.attempt, readContents(this.hand, this.#options, job, signal));
      case 'prove':
        return this.#answer(askByPin(this.#asking(job, signal), this.hand.demandVisit()));
      case 'proveByCode':
        return this.#answer(askByCode(this.#asking(job, signal), this.hand.demandVisit()));
      case 'proveByNumber':
        return this.#answer(askByNumber(this.#asking(job, signal), this.hand.demandBlank()));
      case 'proveByOperator': {
        const asking = this.#asking(job, signal);
        return this.#question(job.attempt, askByOperator(asking, this.hand.demandVisit(), job));
      }
      case 'proveVouched':
        return this.#answer(askVouched(this.#asking(job, signal), this.hand.demandBlank(), job.proofId));
      case 'planIssue': {
        const asking = this.#asking(job, signal);
        return this.#question(job.attempt, askIssuePlan(asking, this.hand.demandBlank(), job.leavesOut));
      }
      case 'watchMedia':
        this.#checking = job.attempt;
        return this.soft.watch(job, signal);
      case 'saveSoft':
        return this.#saveSoft(job, signal);
      case 'giveToken':
        this.#checking = job.attempt;
        return this.soft.giveToken(job, job.proofId ?? this.hand.demandVisit().proofId, this.#client, signal);
      case 'offerSoft':
        return this.#question(job.attempt, askSoft(this.#asking(job, signal), job.requestId));
      case 'check': {
        const asking = this.#asking(job, signal);
        return this.#question(job.attempt, askPreview(asking, this.hand.demandVisit(), job.reason));
      }
      case 'compare': {
        const asking = this.#asking(job, signal);
        return this.#question(job.attempt, askDifference(asking, this.hand.demandVisit(), job));
      }
      case 'reprovision': {
        const { reason, acceptsKeyLoss, requestId, keepsPin, acceptsTerms, witnessId } = job;
        const wanted = { reason, acceptsKeyLoss, requestId, acceptsTerms, witnessId };
        const work = { kind: 'reprovision', ...wanted } as const;
        return this.#write(job, this.hand.demandVisit(), work, this.pins.handOver(keepsPin));
      }
      case 'collect': {
        const { requestId, leavesOut, confirmedRemovals, acceptsTerms } = job;
        const chosen = { requestId, leavesOut, confirmedRemovals, acceptsTerms };
        const work = { kind: 'collection', ...chosen } as const;
        return this.#write(job, this.hand.demandVisit(), work, this.pins.handOver(true));
      }
      case 'issue': {
        const { requestId, leavesOut, acceptsTerms, witnessId } = job;
        const visit = this.hand.demandBlank();
        const wanted = { requestId, leavesOut, acceptsTerms, witnessId };
        const work = { kind: 'issue', ...wanted, serial: visit.serial } as const;
        return this.#write(job, visit, work, this.pins.handOver(false));
      }
      case 'resetPin': {
        const { acceptsTerms, witnessId, keepsPin } = job;
        const work = { kind: 'pinReset', requestId: null, acceptsTerms, witnessId } as const;
        return this.#write(job, this.hand.demandVisit(), work, this.pins.handOver(keepsPin));
      }
      case 'empty':
        return this.#empty(job, signal);
    }
  }

  async #look({ reader, attempt }: Effect<'look'>, signal: AbortSignal): Promise<void> {
    const { isContactless, pause, send } = this.#options;
    for (;;) {
      const look = await lookAtCard(this.#options, reader, isContactless(reader), signal);
      if (look.kind === 'found') {
        this.hand.visit = look.visit;
        return send({ type: 'cardFound', attempt, card: look.card });
      }
      if (look.kind === 'blank') {
        this.hand.visit = look.visit;
        return send({ type: 'blankFound', attempt, card: look.card });
      }
      const trouble = READER_TROUBLES.find((code) => code === look.code);
      if (!trouble) return send(refusedBy(attempt, look));
      // Another program lets go, a reader comes back: nobody shall have to press a key for that (UX-06).
      send({ type: 'waitsForReader', attempt, trouble });
      await pause.sleep(READER_PAUSE_MS, signal);
    }
  }

  #asking({ attempt }: Job, signal: AbortSignal): Asking {
    const { replica, spokenLanguage } = this.#options;
    const asking = { client: this.#client, replica, pins: this.pins, attempt, signal };
    return { ...asking, language: spokenLanguage(), isAssisted: this.#isAssisted };
  }

  async #answer(asked: Promise<WalkUpEvent>): Promise<void> {
    this.#options.send(await asked);
  }

  /** Whose answer somebody may turn away from while it is under way, by Esc. */
  async #question(attempt: number, asked: Promise<WalkUpEvent>): Promise<void> {
    this.#checking = attempt;
    this.#options.send(await asked.finally(() => (this.#checking = null)));
  }

  /** The PIN is not needed any more. */
  async #saveSoft(job: Effect<'saveSoft'>, signal: AbortSignal): Promise<void> {
    this.pins.wipe();
    this.#checking = job.attempt;
    const proofId = job.proofId ?? this.hand.demandVisit().proofId;
    const saving = this.soft.save(job, proofId, this.#client, signal);
    await saving.finally(() => (this.#checking = null));
  }

  /** What was found a while ago is looked at again, and held from here on. */
  async #empty(job: Effect<'empty'>, signal: AbortSignal): Promise<void> {
    const { reader, cardId, attempt } = job;
    const opened = await openCancelled(this.#options, reader, cardId, signal);
    if ('kind' in opened) {
      const { code } = opened;
      return this.#options.send({ type: 'stopped', attempt, code, hasBegunWriting: false });
    }
    this.hand.visit = { kind: 'cancelled', ...opened };
    const next = new TextEncoder().encode(FACTORY_PIN);
    const work = { kind: 'empty', requestId: null } as const;
    return this.#write(job, this.hand.visit, work, { old: null, next, isKept: false });
  }

  #write({ attempt, cardId }: WritingJob, visit: HeldCard, work: CardWork, pin: PinHandover): Promise<void> {
    return this.#runs.write({ attempt, client: this.#client, cardId, visit, work, pin });
  }

  #failed(job: Job, error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    const code = codeOfCardTrouble(error);
    if (code === null) this.#options.log.error({ err: error, run: job.run }, 'an effect failed');
    if (job.run === 'saveSoft' || job.run === 'giveToken') {
      this.#options.send({ type: 'softStopped', attempt: job.attempt, code: code ?? INTERNAL });
    } else if ((WRITING as readonly string[]).includes(job.run)) {
      this.#options.send({
        type: 'stopped',
        attempt: job.attempt,
        code: code ?? INTERNAL,
        hasBegunWriting: false,
        ...statusWordIn(error),
      });
    } else {
      const no = { ...refuse(code ?? INTERNAL, true), ...statusWordIn(error) };
      this.#options.send(refusedBy(job.attempt, no));
    }
  }

  #record({ event, code, card: { cardId, serial } }: Effect<'record'>): void {
    const detail = { ...(code ? { code } : {}), ...(serial ? { serial } : {}) };
    try {
      this.#options.outbox.record({ type: event, cardId, operationId: null, detail });
      this.#options.onRecorded();
    } catch (error) {
      this.#options.log.error({ err: error, event }, 'an event cannot be recorded');
    }
  }
}
