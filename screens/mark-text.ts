import type { Stage } from './stage.ts';

/** Whether something in a list is marked: a box, or in words where it is read aloud. */
export function markText(isMarked: boolean, { view, texts: { seeing } }: Stage): string {
  if (view.isReadAloud) return `${isMarked ? seeing.aloud.marked : seeing.aloud.notMarked},`;
  return isMarked ? '[x]' : '[ ]';
}
