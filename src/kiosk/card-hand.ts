import type { PivSession } from '../piv/session.ts';
import { type BlankVisit, type CancelledVisit, type CardVisit, type Refused, refuse } from './card-visit.ts';
import type { Log } from './log.ts';
import type { LookPorts } from './look-at-card.ts';
import type { KnownCard } from './replica.ts';
import { withCardIn } from './with-card.ts';

const OTHER_CARD = 'ID-02-other-card';
/** Somebody else of this kiosk has it from now on. */
const GIVEN_AWAY = 'UX-06-reader-busy';

/** The cardholder's card, its one connection, and what is done with it: one thing after the other. */
export class CardHand {
  readonly #ports: LookPorts & { readonly log: Log };
  #abort = new AbortController();
  #jobs: Promise<void> = Promise.resolve();
  #released: Promise<void> = Promise.resolve();
  /** Null: none is held. */
  visit: CardVisit | BlankVisit | CancelledVisit | null = null;

  constructor(ports: LookPorts & { readonly log: Log }) {
    this.#ports = ports;
  }

  /** The blank card in hand; null: there is none. */
  get blank(): Pick<BlankVisit, 'serial' | 'guid'> | null {
    if (this.visit?.kind !== 'blank') return null;
    const { serial, guid } = this.visit;
    return { serial, guid };
  }

  demandVisit(): CardVisit {
    if (this.visit?.kind !== 'known') throw new Error('use card: none is in hand');
    return this.visit;
  }

  demandBlank(): BlankVisit {
    if (this.visit?.kind !== 'blank') throw new Error('use blank card: none is in hand');
    return this.visit;
  }

  /** Whatever is under way is ended. @returns what ends the next thing */
  endWork(): AbortSignal {
    this.#abort.abort();
    this.#abort = new AbortController();
    return this.#abort.signal;
  }

  /** When the work before it has ended. What fails is logged, and the next has its turn. */
  next(work: () => Promise<void> | undefined): void {
    this.#jobs = this.#jobs.then(work).catch((error) => {
      this.#ports.log.error({ err: error }, 'an effect failed');
    });
  }

  /** Whatever is under way is ended, and then the card given back. */
  release(): void {
    this.endWork();
    this.next(async () => {
      const { visit } = this;
      this.visit = null;
      await visit?.connection.close();
    });
    this.#released = this.#jobs;
  }

  /** Ends when a card that was given up is free for another connection. */
  released(): Promise<void> {
    return this.#released;
  }

  /** Ends when nothing is under way any more. */
  idle(): Promise<void> {
    return this.#jobs;
  }

  /**
   * Lends the card for something that only reads: the connection that is held, or one of its own where none is. Waits for its turn, and is
   * cut off when the card is wanted for something else.
   * @throws AbortError when `wanted` has ended it
   */
  withCard<T>(
    reader: number,
    cardId: string,
    wanted: AbortSignal,
    use: (session: PivSession) => Promise<T>,
  ): Promise<T | Refused> {
    const { promise, resolve, reject } = Promise.withResolvers<T | Refused>();
    const given = this.#abort.signal;
    const signal = AbortSignal.any([wanted, given]);
    const failed = (error: unknown) =>
      given.aborted && !wanted.aborted ? resolve(refuse(GIVEN_AWAY, true)) : reject(error);
    this.next(() => this.lendNow(reader, cardId, signal, use).then(resolve, failed));
    return promise;
  }

  /** As `withCard`, for whoever has their turn already. @throws AbortError */
  async lendNow<T>(
    reader: number,
    cardId: string,
    signal: AbortSignal,
    use: (session: PivSession, known: KnownCard) => Promise<T>,
  ): Promise<T | Refused> {
    signal.throwIfAborted();
    const { visit } = this;
    const lent = async (session: PivSession, known: KnownCard) =>
      known.card.id === cardId ? use(session, known) : refuse(OTHER_CARD);
    if (visit?.kind === 'known') return lent(visit.session, visit.known);
    return visit === null ? withCardIn(this.#ports, reader, signal, lent) : refuse(OTHER_CARD);
  }
}
