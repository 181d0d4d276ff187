import type { SignedInOperator } from '../domain/desk-pages.ts';
import { cardInHandOf } from '../flows/card-in-hand.ts';
import type { Command } from '../flows/command.ts';
import type { CardInHand } from '../flows/desk-data.ts';
import type { SupportView } from '../flows/kiosk-view.ts';
import {
  commandedAtSupport,
  type Equipment,
  idleSecondsAt,
  type Support,
  supportAfter,
} from '../flows/support.ts';
import {
  countsIdle,
  idleSecondsOf,
  pinFieldOf,
  stepWalkUp,
  WALK_UP_START,
  type WalkUp,
} from '../flows/walk-up.ts';
import type { ReaderTrouble, SightedCard, WalkUpEffect, WalkUpEvent } from '../flows/walk-up-event.ts';
import type { WalkUpState } from '../flows/walk-up-state.ts';
import type { CardHand } from './card-hand.ts';
import type { Clock } from './clock.ts';
import { EffectRunner, type EffectRunnerOptions } from './effect-runner.ts';
import { IdleTime } from './idle-time.ts';

export interface WalkUpSideOptions extends Omit<EffectRunnerOptions, 'send'> {
  readonly idleSeconds: number;
  readonly clock: Clock;
  /** Of this program. */
  readonly version: string;
  /** What is or was last in use at a reader. @param reader null: none was */
  equipmentAt(reader: number | null): Equipment;
  /** Something came by itself: what a run or central has answered. */
  onAnswer(event: WalkUpEvent): void;
  /** It was a step from this one to another. */
  onMove(before: WalkUp, after: WalkUp): void;
}

/** Which card was refused last is told to nobody but the audit and the operator's desk. */
const REFUSED = 'card.refused';

/** The cardholder's side of a kiosk: its flow, what performs it, and its idle time. */
export class WalkUpSide {
  readonly #options: WalkUpSideOptions;
  readonly #runner: EffectRunner;
  readonly #idle: IdleTime;
  #walkUp: WalkUp = WALK_UP_START;
  #refused: SightedCard | null = null;
  #looked: string | null = null;
  #support: Support | null = null;
  /** Since when the operation waits for central; null while it does not. */
  #waitsSince: number | null = null;

  constructor(options: WalkUpSideOptions) {
    this.#options = options;
    this.#idle = new IdleTime(options.clock);
    this.#runner = new EffectRunner({ ...options, send: (event) => options.onAnswer(event) });
  }

  get walkUp(): WalkUp {
    return this.#walkUp;
  }

  get state(): WalkUpState {
    return this.#walkUp.state;
  }

  /** What lends the desk the cardholder's card. */
  get cards(): Pick<CardHand, 'withCard' | 'released' | 'blank'> {
    return this.#runner.hand;
  }

  /** What is told to the helpdesk; nothing where nothing went wrong. */
  get support(): { readonly support?: SupportView } {
    if (this.#support === null) return {};
    const { code, isOpen } = this.#support;
    return { support: { code, isOpen } };
  }

  /** As the desk is told of it. */
  get inHand(): CardInHand {
    return cardInHandOf(this.state, this.#refused);
  }

  /** Which card was looked at last, by record or chip; null: that is not known. */
  get lookedAt(): string | null {
    return this.#looked;
  }

  /** A card in another reader than the one in work. */
  get hasSecondCard(): boolean {
    const { state, occupied } = this.#walkUp;
    return 'reader' in state && occupied.some((reader) => reader !== state.reader);
  }

  /** Null where idle time does not count. */
  get idleSecondsLeft(): number | null {
    const { wish } = this.#walkUp;
    if (!countsIdle(this.state, wish)) return null;
    const usual = idleSecondsAt(this.#support, this.#options.idleSeconds, wish !== null);
    return this.#idle.secondsLeft(idleSecondsOf(this.state, usual));
  }

  /** For as long as a screen may stand where idle time counts. */
  get isUntouched(): boolean {
    return this.#idle.secondsLeft(this.#options.idleSeconds) === 0;
  }

  get waitedSeconds(): number | null {
    if (this.#waitsSince === null) return null;
    return Math.floor((this.#options.clock.monotonicMs() - this.#waitsSince) / 1000);
  }

  /** Somebody is there: the idle time begins anew. */
  touch(): void {
    this.#idle.touch();
  }

  /** Something that a person has said with a key. */
  command(command: Command): void {
    this.touch();
    const field = pinFieldOf(this.state);
    const { pins } = this.#runner;
    const support = commandedAtSupport(this.#support, command);
    if (support !== null) this.#support = support;
    else if (this.#typesPassword(command)) this.#tellPassword();
    else if (field && command.kind === 'digit') this.#tellPinIf(pins.push(field, command.digit));
    else if (field && command.kind === 'erase') this.#tellPinIf(pins.erase(field));
    else this.take({ type: 'command', command });
  }

  /** Who helps from now on, and in which session central is asked; null: nobody. */
  assist(operator: SignedInOperator | null, token: string | null): void {
    this.#runner.assist(token);
    this.take({ type: 'assisted', operator: operator && { name: operator.displayName } });
  }

  /** Tells whoever waits at a reader how that fares. */
  tellHealth(troubleOf: (reader: number) => ReaderTrouble | null): void {
    const { state } = this;
    if (!('reader' in state) || state.reader === null) return;
    const { reader } = state;
    this.take({ type: 'readerHealth', reader, trouble: troubleOf(reader) });
  }

  take(event: WalkUpEvent): void {
    const before = this.#walkUp;
    const [walkUp, effects] = stepWalkUp(before, event);
    this.#walkUp = walkUp;
    const move = { before: before.state, event, after: walkUp.state };
    const { equipmentAt, version } = this.#options;
    this.#support = supportAfter(this.#support, move, equipmentAt, version);
    if (isLookedAt(before.state, walkUp.state)) this.#looked = cardOf(walkUp.state, effects);
    for (const effect of effects) this.#perform(effect);
    if (walkUp.state.kind !== before.state.kind) this.touch();
    if (!waitsForCentral(walkUp.state)) this.#waitsSince = null;
    else this.#waitsSince ??= this.#options.clock.monotonicMs();
    if (walkUp !== before) this.#options.onMove(before, walkUp);
    if (walkUp.state !== before.state && event.type !== 'pinTyped') this.#tellPolicy();
  }

  /** Gives the card back, wipes the PINs. */
  close(): Promise<void> {
    return this.#runner.close();
  }

  #perform(effect: WalkUpEffect): void {
    if (effect.run === 'record' && effect.event === REFUSED) this.#refused = effect.card;
    this.#runner.perform(effect);
  }

  /** The policy is to be seen before the first digit, but an error stays until then. */
  #tellPolicy(): void {
    const { state } = this;
    if (state.kind === 'newPin' && state.field === 'new' && state.error === null) this.#tellPinIf(true);
  }

  /** A key for the password, whatever else it would do elsewhere. */
  #typesPassword(command: Command): boolean {
    const { state } = this;
    if (state.kind !== 'softPassword') return false;
    if (command.kind === 'character') return this.#runner.soft.type(state.field, command.codePoint);
    return command.kind === 'erase' && this.#runner.soft.type(state.field, null);
  }

  #tellPassword(): void {
    const { state } = this;
    const policy = state.kind === 'softPassword' && state.task.soft?.rules.password;
    if (!policy) return;
    const { field } = state;
    this.take({ type: 'passwordTyped', field, ...this.#runner.soft.facts(field, policy) });
  }

  /** Tells the flow what may be known of the PIN that is being typed. */
  #tellPinIf(isChanged: boolean): void {
    const field = pinFieldOf(this.state);
    if (isChanged && field) this.take({ type: 'pinTyped', field, ...this.#runner.pinFacts(field) });
  }
}

function waitsForCentral(state: WalkUpState): boolean {
  return state.kind === 'written' || (state.kind === 'writing' && state.waitsForCentral);
}

function isLookedAt(before: WalkUpState, after: WalkUpState): boolean {
  return before.kind === 'looking' && after.kind !== 'looking';
}

/** The card that was found, or that is on record as refused. */
function cardOf(state: WalkUpState, effects: readonly WalkUpEffect[]): string | null {
  const refused = effects.find((effect) => effect.run === 'record');
  const card: SightedCard | undefined = 'card' in state ? state.card : refused?.card;
  return card?.cardId ?? card?.serial ?? null;
}
