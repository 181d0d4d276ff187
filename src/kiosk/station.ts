import type { Command } from '../flows/command.ts';
import type { Desk } from '../flows/desk.ts';
import type { KioskPage, MachineFinding } from '../flows/desk-data.ts';
import type { HandOverWish } from '../flows/desk-event.ts';
import {
  type DeskView,
  type KioskView,
  type Language,
  languageAfter,
  languageNumbered,
} from '../flows/kiosk-view.ts';
import { lookAfter, type ScreenLook } from '../flows/screen-look.ts';
import { codeOfEnd } from '../flows/support.ts';
import type { WalkUp } from '../flows/walk-up.ts';
import type { ReaderEvent } from '../readers/readers.ts';
import type { CentralAddress, CentralConnection } from './central-connection.ts';
import type { Clock } from './clock.ts';
import type { StationEffect } from './desk/desk-runner.ts';
import { DeskSide } from './desk/desk-side.ts';
import type { EffectRunnerOptions } from './effect-runner.ts';
import { opensDesk } from './front.ts';
import { ReaderBoard } from './reader-board.ts';
import type { Search } from './search/search.ts';
import { WalkUpSide } from './walk-up-side.ts';

/** What the page of this kiosk says besides what the station knows (OP-04). */
export type MachineFacts = Pick<
  KioskPage,
  'version' | 'diskFreeMiB' | 'clockOffsetMs' | 'unsentEvents' | 'unsentBecause' | 'dataRevision'
>;

export interface StationOptions
  extends Omit<EffectRunnerOptions, 'isContactless' | 'send' | 'now' | 'spokenLanguage'> {
  readonly kioskName: string;
  /** Of this program. */
  readonly version: string;
  /** The language of everybody who has not chosen one. */
  readonly language: Language;
  /** Of the screens, until somebody chooses. */
  readonly look: ScreenLook;
  readonly idleSeconds: number;
  readonly clock: Clock;
  readonly address: CentralAddress;
  /** The line of `client`. */
  readonly connection: CentralConnection;
  readonly search: Pick<Search, 'query'>;
  /** Asked each time that somebody looks. */
  facts(): MachineFacts;
  /** What `recard doctor` would find on this machine, as far as the kiosk may look. */
  examine(): Promise<readonly MachineFinding[]>;
  /** Central has let an administrator end the kiosk: whoever has started it ends it. */
  onLeave(): void;
}

/** What a view has besides what the station knows. */
type Surroundings = Pick<KioskView, 'size' | 'footer' | 'hasFewGlyphs' | 'hasNoRoom' | 'colourDepth'>;

const CARD_NOT_IN = 'OP-02-card-not-in-reader';

/**
 * One kiosk at work: keys, readers and time go to the operator's desk, which lies over the walk-up while it shows something of its own, or
 * to the walk-up; their effects are performed, and a view comes out. A reader that the desk has claimed is unknown to the walk-up.
 */
export class Station {
  readonly #options: StationOptions;
  readonly #walkUp: WalkUpSide;
  readonly #desk: DeskSide;
  readonly #board = new ReaderBoard();
  readonly #listeners = new Set<() => void>();
  /** Readers of which the walk-up hears nothing. */
  readonly #claimed = new Set<number>();
  /** What follows from what happens now, one after the other. */
  readonly #next: (() => void)[] = [];
  #isAtWork = false;
  /** While idle time runs out. */
  #isNobodyThere = false;
  /** Of the walk-up, and of whoever is signed in. */
  #language: Language;
  #deskLanguage: Language;
  /** Of whoever is there. */
  #look: ScreenLook;
  #helper: string | null = null;
  /** While a card is looked at that was put in over what was said of another one: which that was. */
  #readBefore: { readonly card: string | null } | null = null;
  #stops: (() => void)[] = [];

  constructor(options: StationOptions) {
    this.#options = options;
    this.#language = options.language;
    this.#deskLanguage = options.language;
    this.#look = options.look;
    const shared = {
      ...options,
      now: () => options.clock.now(),
      isContactless: (reader: number) => this.#board.isContactless(reader),
      equipmentAt: (reader: number | null) => this.#board.equipmentAt(reader),
    };
    this.#walkUp = new WalkUpSide({
      ...shared,
      spokenLanguage: () => this.#language,
      onAnswer: (event) => this.#happens(() => this.#walkUp.take(event)),
      onMove: (before, after) => this.#walkUpStepped(before, after),
    });
    this.#desk = new DeskSide({
      ...shared,
      withCard: (...asked) => this.#walkUp.cards.withCard(...asked),
      released: () => this.#walkUp.cards.released(),
      blankInHand: () => this.#walkUp.cards.blank,
      onAnswer: (event) => this.#happens(() => this.#desk.take(event)),
      perform: (effect) => this.#perform(effect),
      onMove: (before, after) => this.#next.push(() => this.#deskStepped(before, after)),
    });
  }

  start(): void {
    this.#stops = [
      this.#options.readers.watch((event) => this.#happens(() => this.#readerEvent(event))),
      this.#options.clock.everySecond(() => this.#happens(() => this.#tick())),
    ];
  }

  /** Signs out, gives the cards back, wipes the PINs. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.#listeners.clear();
    await Promise.all([this.#desk.close(), this.#walkUp.close()]);
  }

  /** Something that a person has said with a key. */
  command(command: Command): void {
    this.#happens(() => {
      const look = lookAfter(this.#look, command);
      if (look !== null) this.#drawAs(look);
      else if (command.kind === 'nextLanguage') this.#speak(languageAfter);
      else if (this.#desk.isInFront) this.#desk.command(command);
      else if (command.kind === 'digit' && this.#walkUp.state.kind === 'insertCard')
        this.#speak((language) => languageNumbered(command.digit) ?? language);
      else if (command.kind !== 'openDesk') this.#walkUp.command(command);
      else if (this.#desk.state.kind === 'handedOver' || opensDesk(this.#walkUp.state))
        this.#desk.command(command);
    });
  }

  view(surroundings: Surroundings): KioskView {
    const { clock, follower, kioskName } = this.#options;
    return {
      ...surroundings,
      walkUp: this.#walkUp.state,
      ...this.#walkUp.support,
      ...this.#deskView(),
      language: this.#desk.isInFront ? this.#deskLanguage : this.#language,
      ...this.#look,
      now: clock.now().toISOString(),
      isCentralReached: follower.isReached,
      refusedAs: follower.refusedAs,
      dataAgeSeconds: follower.ageSeconds(),
      ...this.machine(),
      kioskName,
      waitedSeconds: this.#walkUp.waitedSeconds,
      hasSecondCard: this.#walkUp.hasSecondCard,
      idleSecondsLeft: this.#front.idleSecondsLeft,
    };
  }

  /** The readers of this machine, and whether the service for them answers. */
  machine(): Pick<KioskView, 'isCardServiceUp' | 'readers'> {
    return { isCardServiceUp: this.#board.isServiceUp, readers: this.#board.readers() };
  }

  /** Calls back when there is another view. Returns how to stop. */
  onView(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something outside of the station has changed that is in the view. */
  changed(): void {
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        this.#options.log.error({ err: error }, 'the screen failed');
      }
    }
  }

  /** Whoever has the screen and the keys. */
  get #front(): DeskSide | WalkUpSide {
    return this.#desk.isInFront ? this.#desk : this.#walkUp;
  }

  #deskView(): { readonly desk?: DeskView } {
    const { state, inHand, reader, occupied } = this.#desk.desk;
    if (state.kind === 'away') return {};
    const isKioskPage = state.kind === 'open' && state.pages.at(-1)?.kind === 'kiosk';
    return { desk: { state, inHand, reader, occupied, machine: isKioskPage ? this.#kioskPage() : null } };
  }

  #kioskPage(): KioskPage {
    const { follower, kioskName } = this.#options;
    return {
      ...this.#options.facts(),
      kioskName,
      isCentralReached: follower.isReached,
      refusedAs: follower.refusedAs,
      dataAgeSeconds: follower.ageSeconds(),
      isCardServiceUp: this.#board.isServiceUp,
      readers: this.#board.readers().map(({ reader, name }) => ({
        ...{ reader, name, hasCard: this.#board.hasCard(reader), trouble: this.#board.troubleOf(reader) },
      })),
    };
  }

  /** One thing, and all that follows from it; then there is another view. */
  #happens(work: () => void): void {
    this.#next.push(work);
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    try {
      for (let next = this.#next.shift(); next; next = this.#next.shift()) next();
    } finally {
      this.#isAtWork = false;
    }
    this.changed();
  }

  /** Whoever has the screen is spoken to in the language that follows. */
  #speak(after: (language: Language) => Language): void {
    this.#front.touch();
    if (this.#desk.isInFront) this.#deskLanguage = after(this.#deskLanguage);
    else this.#speakToCardholder(after(this.#language));
  }

  #drawAs(look: ScreenLook): void {
    this.#front.touch();
    this.#look = look;
  }

  /** The next person has not chosen anything yet. */
  #forgetChoices(): void {
    this.#speakToCardholder(this.#options.language);
    this.#look = this.#options.look;
  }

  /** Terms follow, too. */
  #speakToCardholder(language: Language): void {
    this.#language = language;
    this.#next.push(() => this.#walkUp.take({ type: 'spoken', language }));
  }

  /** The desk hears of every card; the walk-up of all that the desk has not claimed. */
  #readerEvent(event: ReaderEvent): void {
    this.#board.follow(event);
    if (event.type === 'cardInserted') {
      const { reader } = event;
      this.#desk.take({ type: 'cardInserted', reader });
      if (!this.#claimed.has(reader)) this.#walkUp.take({ type: 'cardInserted', reader });
    }
    if (event.type === 'cardRemoved' || event.type === 'readerLeft') {
      const { reader } = event;
      const wasClaimed = this.#claimed.has(reader);
      this.#desk.take({ type: 'cardRemoved', reader, trouble: this.#board.troubleOf(reader) });
      if (!wasClaimed) this.#walkUp.take({ type: 'cardRemoved', reader });
    }
    this.#walkUp.tellHealth((reader) => this.#board.troubleOf(reader));
  }

  /** The walk-up's idle time stands still while the desk is in front. */
  #tick(): void {
    // They have chosen, and gone away without putting a card in.
    if (this.#walkUp.state.kind === 'insertCard' && this.#walkUp.isUntouched && !this.#desk.isInFront)
      this.#forgetChoices();
    if (this.#front.idleSecondsLeft !== 0) return;
    this.#isNobodyThere = true;
    this.#front.take({ type: 'idleExpired' });
    this.#isNobodyThere = false;
  }

  #perform(effect: StationEffect): void {
    if (effect.run === 'claim') {
      this.#claimed.add(effect.reader);
      this.#walkUp.take({ type: 'claimed', reader: effect.reader });
    } else if (effect.run === 'unclaim') {
      this.#unclaim(effect.reader);
    } else if (effect.run === 'takeBack') {
      this.#walkUp.take({ type: 'takenBack' });
    } else if (effect.run === 'leaveKiosk') {
      this.#options.onLeave();
    } else {
      this.#handOver(effect.wish);
    }
  }

  #handOver(wish: HandOverWish): void {
    this.#walkUp.take({ type: 'asked', wish });
    const { walkUp } = this.#walkUp;
    if (walkUp.wish === null) this.#handBack(codeOfEnd(walkUp.state) ?? CARD_NOT_IN);
  }

  /** Whatever is in it is a cardholder's now. */
  #unclaim(reader: number): void {
    this.#claimed.delete(reader);
    if (!this.#board.hasCard(reader)) return;
    // Whoever has signed out, or gone away before, takes their name with them; who has not signed in may go on as a cardholder.
    const isLeft = this.#isNobodyThere || (this.#helper !== null && this.#desk.operator === null);
    this.#walkUp.take({ type: isLeft ? 'cardLeft' : 'cardInserted', reader });
  }

  #handBack(code: string | null): void {
    this.#next.push(() => this.#desk.take({ type: 'handedBack', code }));
  }

  #walkUpStepped(before: WalkUp, after: WalkUp): void {
    if (this.#isNextPerson(before, after) || this.#isOtherCard(before, after)) this.#forgetChoices();
    const isOver = before.wish !== null && after.wish === null;
    if (isOver && this.#desk.state.kind === 'handedOver') this.#handBack(codeOfEnd(before.state));
    this.#next.push(() => this.#desk.take({ type: 'cardInHand', card: this.#walkUp.inHand }));
  }

  /** Whoever has gone back, or wants to take another card, is there for as long as their card is. */
  #isNextPerson({ state: before }: WalkUp, { state: after }: WalkUp): boolean {
    if (after.kind !== 'insertCard' || before.kind === 'looking') return false;
    const isCardLeftIn = after.passedOver !== null;
    if (before.kind === 'insertCard') return before.passedOver !== null && !isCardLeftIn;
    return this.#isNobodyThere || !isCardLeftIn;
  }

  /** Over a screen that has stayed: with the same card it is still the same person. */
  #isOtherCard({ state: before }: WalkUp, { state: after }: WalkUp): boolean {
    const { lookedAt } = this.#walkUp;
    const hasStayed = 'isCardIn' in before && !before.isCardIn;
    if (after.kind === 'looking' && hasStayed) this.#readBefore = { card: lookedAt };
    if (after.kind === 'looking' || this.#readBefore === null) return false;
    const { card } = this.#readBefore;
    this.#readBefore = null;
    return card === null || card !== lookedAt;
  }

  #deskStepped(before: Desk, after: Desk): void {
    if (before.state.kind === 'away' && after.state.kind !== 'away') {
      this.#deskLanguage = this.#language;
      this.#walkUp.take({ type: 'covered' });
    }
    const isNobodyLeft = after.state.kind === 'away' && this.#walkUp.state.kind === 'insertCard';
    if (before.state.kind !== 'away' && isNobodyLeft) this.#look = this.#options.look;
    if (before.state.kind !== after.state.kind) this.#walkUp.touch();
    const wasHandedOver = before.state.kind === 'handedOver' && after.state.kind !== 'handedOver';
    // What was handed over in a session ends with it, unless it is being written.
    if (wasHandedOver && after.state.kind !== 'open') this.#walkUp.take({ type: 'takenBack' });
    this.#tellHelper();
    if (before.state.kind !== 'open' && after.state.kind === 'open') this.#lookAgain();
  }

  #tellHelper(): void {
    const { operator, token } = this.#desk;
    const helper = operator && token && `${operator.id} ${token}`;
    if (helper === this.#helper) return;
    this.#helper = helper;
    this.#walkUp.assist(token === null ? null : operator, operator === null ? null : token);
  }

  /** A card that was left in is found again: whoever has signed in, or has the screen back, goes on with it. */
  #lookAgain(): void {
    const { state } = this.#walkUp;
    if (state.kind === 'insertCard' && state.passedOver !== null)
      this.#walkUp.take({ type: 'command', command: { kind: 'confirm' } });
  }
}
