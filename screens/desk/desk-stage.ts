import { actionsOf } from '../../src/flows/desk-actions.ts';
import type { DeskAction, DeskPage } from '../../src/flows/desk-state.ts';
import type { DeskView, KioskView } from '../../src/flows/kiosk-view.ts';
import { type Stage, stageFor } from '../stage.ts';

/** Columns left free at each side: lists want all the room there is. */
const MARGIN = 1;

/** What the operator's screens may know: all the room between the lines around them, and what can be done. */
export interface DeskStage extends Stage {
  readonly desk: DeskView;
  readonly actions: readonly DeskAction[];
}

/** What every page takes. */
export interface DeskPageProps<K extends DeskPage['kind']> {
  readonly page: Extract<DeskPage, { kind: K }>;
  readonly stage: DeskStage;
}

/** The desk where it lies over the walk-up; null: the walk-up has the screen. */
export function deskInSight({ desk }: KioskView): DeskView | null {
  return desk === undefined || desk.state.kind === 'away' || desk.state.kind === 'handedOver' ? null : desk;
}

/** Who helps the cardholder whose screens these are (RP-10); null: nobody. */
export function helperOf({ desk }: KioskView): string | null {
  return desk?.state.kind === 'handedOver' ? desk.state.operator.displayName : null;
}

export function deskStageFor(view: KioskView, desk: DeskView): DeskStage {
  // Its lists want all the room there is, in usual letters.
  const { letterRows, ...stage } = stageFor(view);
  return {
    ...stage,
    letterRows: 0,
    height: stage.height + letterRows,
    desk,
    actions: actionsOf(desk),
    width: view.size.columns - 2 * MARGIN,
  };
}
