import type { CardFamily } from '../domain/card-family.ts';
import type { ReaderKind } from '../domain/reader-kind.ts';
import { isStableCode } from '../domain/stable-codes.ts';
import { supportCodeOf } from '../domain/support-code.ts';
import type { SupportStep } from '../domain/support-steps.ts';
import type { Command } from './command.ts';
import type { SupportView } from './kiosk-view.ts';
import type { WalkUpEvent } from './walk-up-event.ts';
import type { WalkUpState } from './walk-up-state.ts';

/** What the helpdesk can be told of a screen that ends a walk-up. Holds nothing of a person, and stays what it was when card and reader are gone. */
export interface Support extends SupportView {
  /** The stable one of the screen. */
  readonly stable: string;
  /** Where it was that something went wrong. */
  readonly step: SupportStep;
  readonly statusWord: number | null;
  readonly equipment: Equipment;
}

/** What was in use. */
export interface Equipment {
  readonly reader: ReaderKind;
  readonly family: CardFamily;
}

/** What a step of the walk-up has gone through. */
export interface SupportMove {
  readonly before: WalkUpState;
  readonly event: WalkUpEvent;
  readonly after: WalkUpState;
}

/** What a walk-up has ended with where something went wrong: a stable code. */
export function codeOfEnd(state: WalkUpState): string | null {
  const isSaid = state.kind === 'refused' || state.kind === 'interrupted' || state.kind === 'softStopped';
  return isSaid ? state.code : null;
}

/**
 * What can be told after a step; null where nothing has gone wrong.
 * @param equipmentAt of a reader, as it was last; null: no reader was in use
 * @param version of the kiosk
 */
export function supportAfter(
  support: Support | null,
  { before, event, after }: SupportMove,
  equipmentAt: (reader: number | null) => Equipment,
  version: string,
): Support | null {
  const stable = codeOfEnd(after);
  if (stable === null) return null;
  if (support?.stable === stable && codeOfEnd(before) !== null) return support;
  // From one such screen to the next: what went wrong at first is still what went wrong.
  const hadEnded = support !== null && codeOfEnd(before) !== null;
  // A look into the card that was refused is no step on the way.
  const isBack = before.kind === 'onMyCard' && before.from === after;
  const step = hadEnded ? support.step : isBack ? 'looking' : before.kind;
  const statusWord = statusWordIn(event) ?? (hadEnded ? support.statusWord : null);
  const equipment = hadEnded ? support.equipment : equipmentAt('reader' in after ? after.reader : null);
  const code = supportCodeOf({
    ...{ code: isStableCode(stable) ? stable : null, step, statusWord, version },
    ...equipment,
  });
  return { stable, step, statusWord, equipment, code, isOpen: support?.isOpen === true && hadEnded };
}

/** Long enough to read it out on the telephone. */
const TELEPHONE_SECONDS = 600;

/**
 * How long a screen may stand untouched: its page longer, but where an operator is there, whose session does not wait for it.
 * @param usual in seconds
 */
export function idleSecondsAt(support: Support | null, usual: number, isHandedOver = false): number {
  return support?.isOpen && !isHandedOver ? Math.max(usual, TELEPHONE_SECONDS) : usual;
}

/** What a key does to its page; null: it is for what lies below. */
export function commandedAtSupport(support: Support | null, { kind }: Command): Support | null {
  if (support === null) return null;
  if (kind === 'helpdeskCode') return { ...support, isOpen: !support.isOpen };
  return support.isOpen && (kind === 'back' || kind === 'confirm') ? { ...support, isOpen: false } : null;
}

function statusWordIn(event: WalkUpEvent): number | null {
  return 'statusWord' in event ? (event.statusWord ?? null) : null;
}
