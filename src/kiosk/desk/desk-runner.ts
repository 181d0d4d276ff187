import type { MachineFinding } from '../../flows/desk-data.ts';
import type { DeskEffect, DeskEvent, SignedAction } from '../../flows/desk-event.ts';
import { DESK_PIN_FIELDS, type DeskPinField } from '../../flows/desk-state.ts';
import type { PivSession } from '../../piv/session.ts';
import { codeOfCardTrouble } from '../card-trouble.ts';
import { CENTRAL_NOT_REACHED, type Refused, refuse } from '../card-visit.ts';
import type { CentralAnswer } from '../central-connection.ts';
import { DigitBuffer } from '../digit-buffer.ts';
import type { Log } from '../log.ts';
import type { Search } from '../search/search.ts';
import { carryOut } from './carry-out.ts';
import type { DeskClient } from './desk-client.ts';
import { DeskSession, type DeskSessionPorts } from './desk-session.ts';
import { shownResult } from './found-lines.ts';
import { loadPage } from './load-page.ts';
import { lookAtOperatorCard, type OperatorCardPorts, withOperatorCard } from './operator-card.ts';
import { drawPhoto, PhotoError } from './photo/draw-photo.ts';
import { signIn } from './sign-in.ts';
import { signStatement } from './sign-statement.ts';

/** What the station does itself: it has both sides in hand. */
const STATIONS = ['claim', 'unclaim', 'handOver', 'takeBack', 'leaveKiosk'] as const;
export type StationEffect = Extract<DeskEffect, { run: (typeof STATIONS)[number] }>;
type OwnEffect = Exclude<DeskEffect, StationEffect>;
type Effect<R extends DeskEffect['run']> = Extract<DeskEffect, { run: R }>;
/** Effects that have an answer. */
type Job = Extract<OwnEffect, { attempt: number }> & { readonly run: Exclude<OwnEffect['run'], 'cancel'> };

export interface DeskRunnerOptions extends OperatorCardPorts, DeskSessionPorts {
  readonly search: Pick<Search, 'query'>;
  readonly log: Log;
  /** Uses the cardholder's card, through the one connection to it that there is. */
  withCard<T>(
    reader: number,
    cardId: string,
    signal: AbortSignal,
    use: (session: PivSession) => Promise<T>,
  ): Promise<T | Refused>;
  /** The blank card that is in hand; null: there is none. */
  blankInHand(): { readonly serial: string | null; readonly guid: string | null } | null;
  /** What is wrong with this machine; what cannot be looked at from here is among it (OP-04). */
  examine(): Promise<readonly MachineFinding[]>;
  /** Brings what came of an effect back to the flow. */
  send(event: DeskEvent): void;
}

const PIN_CAPACITY = 8;
const INTERNAL = 'UX-09-internal';
const NO_SESSION = 'ID-05-no-session';

/** Performs what the desk asks for. Holds what a flow may not: the session's token, and PINs while they are typed. */
export class DeskRunner {
  readonly #options: DeskRunnerOptions;
  readonly #session: DeskSession;
  readonly #pins: Readonly<Record<DeskPinField, DigitBuffer>> = {
    operator: new DigitBuffer(PIN_CAPACITY),
    witness: new DigitBuffer(PIN_CAPACITY),
  };
  /** What is under way, by its attempt. */
  readonly #jobs = new Map<number, { readonly abort: AbortController; readonly ended: Promise<void> }>();

  constructor(options: DeskRunnerOptions) {
    this.#options = options;
    this.#session = new DeskSession(options);
  }

  /** Names the session that is open to central; null: there is none. */
  get token(): string | null {
    return this.#session.token;
  }

  /** A digit of a PIN, or null to take the last one back. @returns its length now; null when nothing has changed */
  type(field: DeskPinField, digit: number | null): number | null {
    const buffer = this.#pins[field];
    const isChanged = digit === null ? buffer.erase() : buffer.push(digit);
    return isChanged ? buffer.length : null;
  }

  perform(effect: OwnEffect): void {
    if (effect.run === 'wipePins') this.#wipe(effect.fields);
    else if (effect.run === 'cancel') this.#jobs.get(effect.attempt)?.abort.abort();
    else if (effect.run === 'signOut') this.#session.end();
    else this.#begin(effect);
  }

  /** Signs out, and waits until nothing runs any more. */
  async close(): Promise<void> {
    this.#wipe(DESK_PIN_FIELDS);
    this.#session.end();
    for (const { abort } of this.#jobs.values()) abort.abort();
    await Promise.all([...this.#jobs.values()].map(({ ended }) => ended));
    await this.#session.close();
  }

  #wipe(fields: readonly DeskPinField[]): void {
    for (const field of fields) this.#pins[field].wipe();
  }

  /** It is gone, whatever came of it. One that was given up was wiped then: what is there by now is typed for something else. */
  #tried(field: DeskPinField, signal: AbortSignal): void {
    if (!signal.aborted) this.#wipe([field]);
  }

  #begin(job: Job): void {
    const abort = new AbortController();
    const { signal } = abort;
    const answered = this.#run(job, signal).catch((error) => this.#failed(job, error, signal));
    const ended = answered.then((event) => {
      this.#jobs.delete(job.attempt);
      if (event !== null && !signal.aborted) this.#options.send(event);
    });
    this.#jobs.set(job.attempt, { abort, ended });
  }

  #failed(job: Job, error: unknown, signal: AbortSignal): DeskEvent | null {
    if (signal.aborted) return null;
    const code = codeOfCardTrouble(error) ?? (error instanceof PhotoError ? error.code : null);
    if (code === null) this.#options.log.error({ err: error, run: job.run }, 'an effect of the desk failed');
    return refused(job, code ?? INTERNAL);
  }

  /** Null: nobody is to be told. */
  #run(job: Job, signal: AbortSignal): Promise<DeskEvent | null> {
    switch (job.run) {
      case 'lookAtCard':
        return this.#lookAtCard(job, signal);
      case 'signIn':
        return this.#signIn(job, signal);
      case 'sign':
        return this.#sign(job, signal);
      case 'search':
        return this.#search(job);
      case 'readCard':
        return this.#readCard(job, signal);
      case 'photo':
        return this.#photo(job, signal);
      case 'examine':
        return this.#examine(job);
      case 'load':
        return this.#ask(
          job,
          (client) => loadPage(client, job.page, signal),
          (loaded) => ({
            ...{ type: 'pageLoaded', attempt: job.attempt, loaded },
          }),
        );
      case 'recoverable':
        return this.#ask(
          job,
          (client) => client.recoverable(job.personId, signal),
          ({ certificates }) => ({
            ...{ type: 'recoverableLoaded', attempt: job.attempt, recoverable: { certificates } },
          }),
        );
      case 'compare': {
        const { cardId, certificates, without } = job;
        const wish = { cardId, certificates: [...certificates], without: [...without] };
        return this.#ask(
          job,
          (client) => client.compare(wish, signal),
          (difference) => ({
            ...{ type: 'compared', attempt: job.attempt, difference },
          }),
        );
      }
      case 'act':
        return this.#ask(
          job,
          (client) => carryOut(client, job.act, signal),
          (outcome) => ({
            ...{ type: 'acted', attempt: job.attempt, outcome },
          }),
        );
    }
  }

  async #lookAtCard({ attempt, reader }: Effect<'lookAtCard'>, signal: AbortSignal): Promise<DeskEvent> {
    const seen = await lookAtOperatorCard(this.#options, reader, signal);
    if (seen.kind === 'refused') return refused({ attempt }, seen.code);
    return { type: 'operatorCard', attempt, card: seen.card };
  }

  /** The PIN is gone when it was tried, whatever came of it. */
  async #signIn(
    { attempt, reader, cardId }: Effect<'signIn'>,
    signal: AbortSignal,
  ): Promise<DeskEvent | null> {
    const { client } = this.#options;
    const pin = () => this.#pins.operator.view();
    const asked = signIn(this.#options, { client, reader, cardId, pin, signal });
    const begun = await asked.finally(() => this.#tried('operator', signal));
    if (begun.kind === 'wrongPin') return { type: 'wrongPin', attempt, triesLeft: begun.triesLeft };
    if (begun.kind === 'refused') return refused({ attempt }, begun.code);
    if (signal.aborted) this.#session.discard(begun);
    if (signal.aborted) return null;
    this.#session.begin(begun);
    const { operator, idleSeconds: sessionIdleSeconds } = begun;
    return { type: 'signedIn', attempt, operator, sessionIdleSeconds };
  }

  async #sign(job: Effect<'sign'>, signal: AbortSignal): Promise<DeskEvent> {
    const { attempt, who, reader, signerCardId, action } = job;
    const { client } = this.#session;
    if (client === null) return refused(job, NO_SESSION);
    const pin = () => this.#pins[who].view();
    const asked = withOperatorCard(this.#options, { reader, cardId: signerCardId }, signal, (session) =>
      signStatement({ client, session, signerCardId, action, pin, signal }),
    );
    const signed = await asked.finally(() => this.#tried(who, signal));
    if (signed.kind === 'wrongPin') return { type: 'wrongPin', attempt, triesLeft: signed.triesLeft };
    if (signed.kind === 'refused') return refused(job, signed.code);
    const { statementId } = signed;
    const planned =
      action.kind === 'vouchRequest' ? await this.#planned(client, statementId, signal, action) : null;
    if (planned?.kind === 'refused') return refused(job, planned.code);
    return { type: 'signed', attempt, statementId, plannedCardId: planned?.cardId ?? null };
  }

  /** Which card a new one will be whose owner was vouched for; null where it is a file. */
  async #planned(
    client: DeskClient,
    statementId: string,
    signal: AbortSignal,
    { requestId }: Extract<SignedAction, { kind: 'vouchRequest' }>,
  ) {
    const blank = this.#options.blankInHand();
    const asked = blank && (await client.request(requestId, signal));
    if (blank === null || (asked?.kind === 'ok' && asked.value.kind !== 'newCard')) return null;
    const answer = await client.vouched({ statementId, ...blank }, signal);
    if (answer.kind === 'ok') return { kind: 'planned', cardId: answer.value.cardId } as const;
    return answer.kind === 'refused' ? refuse(answer.code) : CENTRAL_NOT_REACHED;
  }

  async #search({ attempt, query }: Effect<'search'>): Promise<DeskEvent | null> {
    const found = await this.#options.search.query(query);
    if (found.isOvertaken) return null;
    if (!found.isReady) return refused({ attempt }, 'OP-01-no-copy');
    return { type: 'searched', attempt, result: shownResult(query, found) };
  }

  async #readCard(job: Effect<'readCard'>, signal: AbortSignal): Promise<DeskEvent> {
    const { attempt, reader, cardId } = job;
    // Reading certificates is not needed before the first frame.
    const { readSlots } = await import('../read-slots.ts');
    const slots = await this.#options.withCard(reader, cardId, signal, (session) =>
      readSlots(session, signal),
    );
    return 'kind' in slots ? refused(job, slots.code) : { type: 'cardRead', attempt, slots };
  }

  async #examine({ attempt }: Effect<'examine'>): Promise<DeskEvent> {
    return { type: 'examined', attempt, findings: await this.#options.examine() };
  }

  /** The file is gone when it is drawn; what is drawn lives as long as the flow shows it. */
  #photo(job: Effect<'photo'>, signal: AbortSignal): Promise<DeskEvent> {
    const { attempt, personId } = job;
    const ask = (client: DeskClient) => client.photo(personId, signal);
    return this.#ask(job, ask, async ({ jpeg }) => ({
      ...{ type: 'photoLoaded', attempt, picture: jpeg === null ? null : await drawPhoto(jpeg, signal) },
    }));
  }

  async #ask<T>(
    job: Job,
    ask: (client: DeskClient) => Promise<CentralAnswer<T>>,
    tell: (value: T) => DeskEvent | Promise<DeskEvent>,
  ): Promise<DeskEvent> {
    const { client } = this.#session;
    if (client === null) return refused(job, NO_SESSION);
    const answer = await ask(client);
    if (answer.kind === 'ok') return tell(answer.value);
    return refused(job, answer.kind === 'refused' ? answer.code : CENTRAL_NOT_REACHED.code);
  }
}

/** Whether the station itself performs it. */
export function isStations(effect: DeskEffect): effect is StationEffect {
  return (STATIONS as readonly string[]).includes(effect.run);
}

function refused({ attempt }: { readonly attempt: number }, code: string): DeskEvent {
  return { type: 'refused', attempt, code };
}
