import type { SignedInOperator } from '../../domain/desk-pages.ts';
import type { Command } from '../../flows/command.ts';
import { DESK_START, type Desk, stepDesk } from '../../flows/desk.ts';
import type { DeskEvent } from '../../flows/desk-event.ts';
import { countsIdleAtDesk, idleSecondsOfDesk } from '../../flows/desk-facts.ts';
import { deskPinFieldOf } from '../../flows/desk-settle.ts';
import type { DeskPinField, DeskState } from '../../flows/desk-state.ts';
import type { Clock } from '../clock.ts';
import { IdleTime } from '../idle-time.ts';
import { DeskRunner, type DeskRunnerOptions, isStations, type StationEffect } from './desk-runner.ts';

export interface DeskSideOptions extends Omit<DeskRunnerOptions, 'send'> {
  /** Of a cardholder's screens. */
  readonly idleSeconds: number;
  readonly clock: Clock;
  /** Something came by itself: what a card or central has answered. */
  onAnswer(event: DeskEvent): void;
  /** What both sides of the kiosk are needed for. */
  perform(effect: StationEffect): void;
  /** It was a step from this one to another, and all of it was performed. */
  onMove(before: Desk, after: Desk): void;
}

/** The operator's side of a kiosk: its flow, what performs it, and its idle time. */
export class DeskSide {
  readonly #options: DeskSideOptions;
  readonly #runner: DeskRunner;
  readonly #idle: IdleTime;
  #desk: Desk = DESK_START;

  constructor(options: DeskSideOptions) {
    this.#options = options;
    this.#idle = new IdleTime(options.clock);
    this.#runner = new DeskRunner({ ...options, send: (event) => options.onAnswer(event) });
  }

  get desk(): Desk {
    return this.#desk;
  }

  get state(): DeskState {
    return this.#desk.state;
  }

  /** It has the screen and the keys. */
  get isInFront(): boolean {
    return this.state.kind !== 'away' && this.state.kind !== 'handedOver';
  }

  /** Who is signed in; null: nobody. */
  get operator(): SignedInOperator | null {
    return 'operator' in this.state ? this.state.operator : null;
  }

  /** Names their session to central; null: there is none. */
  get token(): string | null {
    return this.#runner.token;
  }

  /** Null where idle time does not count. */
  get idleSecondsLeft(): number | null {
    if (!countsIdleAtDesk(this.state)) return null;
    return this.#idle.secondsLeft(idleSecondsOfDesk(this.state, this.#options.idleSeconds));
  }

  /** Somebody is there: the idle time begins anew. */
  touch(): void {
    this.#idle.touch();
  }

  /** Something that a person has said with a key. */
  command(command: Command): void {
    this.touch();
    const field = deskPinFieldOf(this.state);
    if (field && command.kind === 'digit') this.#type(field, command.digit);
    else if (field && command.kind === 'erase') this.#type(field, null);
    else this.take({ type: 'command', command });
  }

  take(event: DeskEvent): void {
    const before = this.#desk;
    const [desk, effects] = stepDesk(before, event);
    this.#desk = desk;
    if (desk.state.kind !== before.state.kind) this.touch();
    for (const effect of effects) {
      if (isStations(effect)) this.#options.perform(effect);
      else this.#runner.perform(effect);
    }
    if (desk !== before) this.#options.onMove(before, desk);
  }

  /** Signs out, wipes the PINs. */
  close(): Promise<void> {
    return this.#runner.close();
  }

  #type(field: DeskPinField, digit: number | null): void {
    const length = this.#runner.type(field, digit);
    if (length !== null) this.take({ type: 'pinTyped', field, length });
  }
}
