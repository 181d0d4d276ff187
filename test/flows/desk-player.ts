import type { Command } from '../../src/flows/command.ts';
import { DESK_START, type Desk, stepDesk } from '../../src/flows/desk.ts';
import type { CardInHand, LoadedPage, MachineFinding } from '../../src/flows/desk-data.ts';
import type { DeskEffect, DeskEvent } from '../../src/flows/desk-event.ts';
import { takesTextAtDesk } from '../../src/flows/desk-facts.ts';
import { deskPinFieldOf } from '../../src/flows/desk-settle.ts';
import type { DeskDialog, DeskPage, DeskStep } from '../../src/flows/desk-state.ts';
import { aDifference } from './collect-states.ts';
import {
  aCardPage,
  anOperationLine,
  aPersonPage,
  aRequestLine,
  aRequestPage,
  FOUND,
  HELGA,
  HELGAS_CARD,
  RECOVERABLE,
} from './desk-pages.ts';

const KEYS: Readonly<Record<string, Command>> = {
  enter: { kind: 'confirm' },
  esc: { kind: 'back' },
  up: { kind: 'up' },
  down: { kind: 'down' },
  tab: { kind: 'nextTab' },
  space: { kind: 'toggle' },
  backspace: { kind: 'erase' },
  openDesk: { kind: 'openDesk' },
  yes: { kind: 'yes' },
};

/** The command of a key by its name: `enter`, `7`, `A`. */
export function commandOf(name: string): Command {
  const named = KEYS[name];
  if (named) return named;
  if (/^[0-9]$/.test(name)) return { kind: 'digit', digit: Number(name) };
  return { kind: 'letter', letter: name };
}

const FINDINGS: readonly MachineFinding[] = [
  { subject: 'runtime', verdict: 'good', says: 'Node', remedy: null },
  { subject: 'swap', verdict: 'note', says: 'it cannot be seen from here', remedy: null },
  { subject: 'readers', verdict: 'wrong', says: 'no reader is plugged in', remedy: 'plug one in' },
];

/** What the runner would answer, where somebody does not say something else. */
export function answerTo(effect: DeskEffect): DeskEvent | null {
  if (!('attempt' in effect) || effect.run === 'cancel') return null;
  const { attempt } = effect;
  switch (effect.run) {
    case 'lookAtCard': {
      const isOperator = effect.who === 'operator';
      const card = isOperator
        ? { cardId: HELGAS_CARD, holderName: HELGA.displayName, triesLeft: 3 }
        : { cardId: 'card-otto', holderName: 'Otto Zweite', triesLeft: 3 };
      return { type: 'operatorCard', attempt, card };
    }
    case 'signIn':
      return { type: 'signedIn', attempt, operator: HELGA, sessionIdleSeconds: 600 };
    case 'search':
      return { type: 'searched', attempt, result: { ...FOUND, query: effect.query } };
    case 'load':
      return { type: 'pageLoaded', attempt, loaded: loadedBy(effect.page) };
    case 'photo':
      return { type: 'photoLoaded', attempt, picture: { width: 1, height: 1, rgb: new Uint8Array(3) } };
    case 'readCard':
      return { type: 'cardRead', attempt, slots: [] };
    case 'recoverable':
      return { type: 'recoverableLoaded', attempt, recoverable: { certificates: RECOVERABLE } };
    case 'compare':
      return { type: 'compared', attempt, difference: aDifference() };
    case 'sign':
      return {
        ...{ type: 'signed', attempt, statementId: `statement-${effect.who}` },
        plannedCardId: effect.action.kind === 'vouchRequest' ? 'card-planned' : null,
      };
    case 'examine':
      return { type: 'examined', attempt, findings: FINDINGS };
    case 'act':
      return { type: 'acted', attempt, outcome: outcomeOf(effect.act.name) };
  }
}

function loadedBy(page: Extract<DeskEffect, { run: 'load' }>['page']): LoadedPage {
  switch (page.kind) {
    case 'person':
      return { kind: 'person', page: aPersonPage() };
    case 'card':
      return { kind: 'card', page: aCardPage() };
    case 'request':
      return { kind: 'request', page: aRequestPage() };
    case 'requests':
      return { kind: 'requests', lines: [aRequestLine()], total: 1 };
    case 'operations':
      return { kind: 'operations', lines: [anOperationLine()] };
    case 'audit':
      return { kind: 'audit', lines: [] };
  }
}

function outcomeOf(name: Extract<DeskEffect, { run: 'act' }>['act']['name']) {
  switch (name) {
    case 'makeRequest':
      return { kind: 'requested', requestId: 'request-1', isToBeApproved: true } as const;
    case 'giveCode':
    case 'giveNumber': {
      const given = { digits: '12345678', sentTo: null, expiresAt: '2026-11-23T09:02:00Z' };
      return { kind: 'given', given } as const;
    }
    case 'approve':
      return { kind: 'approved' } as const;
    case 'reject':
      return { kind: 'rejected' } as const;
    case 'cancelRequest':
      return { kind: 'cancelled' } as const;
    case 'abandon':
      return { kind: 'abandoned' } as const;
    case 'leaveKiosk':
      return { kind: 'left' } as const;
    default:
      return { kind: 'changed', revoked: ['01'], held: [], released: [] } as const;
  }
}

export type Answers = (effect: DeskEffect) => DeskEvent | null;

/** Somebody at the desk: keys go in, effects are answered at once, presses are counted. */
export class DeskPlayer {
  desk: Desk;
  /** All that was ever asked for. */
  readonly effects: DeskEffect[] = [];
  presses = 0;
  /** @param answers for what is to be answered in another way; null: not at all */
  readonly answers: Answers;

  constructor(desk: Desk = DESK_START, answers: Answers = answerTo) {
    this.desk = desk;
    this.answers = answers;
  }

  happen(event: DeskEvent): this {
    const [after, effects] = stepDesk(this.desk, event);
    this.desk = after;
    this.effects.push(...effects);
    for (const effect of effects) {
      const answer = this.answers(effect);
      if (answer) this.happen(answer);
    }
    return this;
  }

  /** Keys by their names, blanks between them: `1 enter R`. */
  press(names: string): this {
    for (const name of names.split(' ')) {
      this.presses += 1;
      this.happen({ type: 'command', command: commandOf(name) });
    }
    return this;
  }

  type(text: string): this {
    if (!takesTextAtDesk(this.desk.state))
      throw new Error(`nothing takes text: ${JSON.stringify(this.desk.state)}`);
    for (const character of text) {
      this.presses += 1;
      const codePoint = character.codePointAt(0)!;
      this.happen({ type: 'command', command: { kind: 'character', codePoint } });
    }
    return this;
  }

  /** Six digits and Enter, in whatever field is there. */
  pin(): this {
    const field = deskPinFieldOf(this.desk.state);
    if (field === null) throw new Error(`no PIN is asked for: ${JSON.stringify(this.desk.state)}`);
    for (let length = 1; length <= 6; length += 1) {
      this.presses += 1;
      this.happen({ type: 'pinTyped', field, length });
    }
    return this.press('enter');
  }

  insert(reader: number, card?: CardInHand): this {
    this.happen({ type: 'cardInserted', reader });
    return card ? this.happen({ type: 'cardInHand', card }) : this;
  }

  pull(reader: number): this {
    return this.happen({ type: 'cardRemoved', reader, trouble: null });
  }

  /** Helga signs in with her card in reader 0. */
  signIn(): this {
    this.insert(0).press('openDesk').pin();
    this.presses = 0;
    return this;
  }

  get page(): DeskPage {
    const { state } = this.desk;
    if (state.kind !== 'open') throw new Error(`no page: ${state.kind}`);
    return state.pages.at(-1)!;
  }

  get dialog(): DeskDialog | null {
    const { state } = this.desk;
    return state.kind === 'open' ? state.dialog : null;
  }

  get step(): DeskStep {
    if (!this.dialog) throw new Error(`no dialog: ${JSON.stringify(this.desk.state)}`);
    return this.dialog.step;
  }

  /** The last of a kind that was asked for. */
  last<R extends DeskEffect['run']>(run: R): Extract<DeskEffect, { run: R }> | undefined {
    return this.effects.findLast((effect): effect is Extract<DeskEffect, { run: R }> => effect.run === run);
  }
}

/** Of the page of a card: opened from the search. */
export function atCardPage(answers?: Answers): DeskPlayer {
  return new DeskPlayer(DESK_START, answers).signIn().press('1').type('ann').press('down enter');
}
