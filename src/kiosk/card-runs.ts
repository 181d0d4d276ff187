import type { PinHandover } from '../encoder/encode-request.ts';
import type { WalkUpEvent } from '../flows/walk-up-event.ts';
import { CardRun, type CardRunPorts, type CardWork } from './card-run.ts';
import type { HeldCard } from './card-visit.ts';
import type { CentralClient } from './central-client.ts';

export interface CardRunsOptions extends CardRunPorts {
  /** Brings what becomes of a run back to the flow. */
  send(event: WalkUpEvent): void;
  /** Something is in the outbox. */
  onRecorded(): void;
}

/** What is done to the card in hand, for which attempt of the flow. */
export interface CardOrder {
  readonly attempt: number;
  /** Asks in the name of whoever helps. */
  readonly client: CentralClient;
  /** By central's record. */
  readonly cardId: string;
  readonly visit: HeldCard;
  readonly work: CardWork;
  readonly pin: PinHandover;
}

/** A run under way. */
interface Writing {
  readonly run: CardRun;
  readonly ended: Promise<void>;
  /** Lets other cards in before the run has ended. */
  letGo(): void;
}

/** The runs of a kiosk: the one that has the card, and those that only wait for central's last word without it. */
export class CardRuns {
  readonly #options: CardRunsOptions;
  /** The run that has the card. */
  #writing: Writing | null = null;
  /** Every run that has not ended: that one, and those that wait for central without their card. */
  readonly #runs = new Set<Writing>();

  constructor(options: CardRunsOptions) {
    this.#options = options;
  }

  /** Ends when the run has, or when it was let go. Never throws. */
  async write(order: CardOrder): Promise<void> {
    const { promise: isLetGo, resolve: letGo } = Promise.withResolvers<void>();
    const run = this.#runOf(order);
    const ended = this.#follow(run, order.attempt).finally(() => this.#runs.delete(writing));
    const writing: Writing = { run, ended, letGo };
    this.#writing = writing;
    this.#runs.add(writing);
    await Promise.race([ended, isLetGo]);
    this.#writing = null;
  }

  /**
   * The run is ended between two commands. One that only waits for central's answer to `complete` goes on without the card, so that
   * what was written becomes valid (operation.md D).
   */
  release(): void {
    if (this.#writing?.run.isCompleting) this.#writing.letGo();
    else this.#writing?.run.stop();
  }

  /** The run is ended as long as nothing was written. */
  cancel(): void {
    this.#writing?.run.cancel();
  }

  /** Every run is ended between two commands. */
  stop(): void {
    for (const { run } of this.#runs) run.stop();
  }

  /** Waits until nothing runs any more. */
  async ended(): Promise<void> {
    await Promise.all([...this.#runs].map(({ ended }) => ended));
  }

  #runOf({ attempt, client, visit, cardId, work, pin }: CardOrder): CardRun {
    const { send } = this.#options;
    const ports = { ...this.#options, client };
    return new CardRun(ports, {
      ...{ visit, cardId, work, pin },
      onProgress: (progress, hasBegunWriting) =>
        send({ type: 'progressed', attempt, progress, hasBegunWriting }),
      onWaiting: (waits) => send({ type: 'waitsForCentral', attempt, waits }),
    });
  }

  async #follow(run: CardRun, attempt: number): Promise<void> {
    const { send, onRecorded, log } = this.#options;
    try {
      const end = await run.run();
      onRecorded();
      if (end.kind === 'completed') send({ type: 'completed', attempt, result: end.result });
      else send({ ...end, type: 'stopped', attempt });
    } catch (error) {
      log.error({ err: error }, 'an effect failed');
    }
  }
}
