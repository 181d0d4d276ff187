import type { PlannedChange } from '../src/domain/planned-change.ts';
import type { TableRow } from './parts/row-table.tsx';
import type { Stage } from './stage.ts';
import { keyUse } from './texts/texts.ts';
import { shortDayText } from './texts/time.ts';

/** What an operation does to each key, in words that need no knowledge of cards: what for, what happens, until when. */
export function planRows(changes: readonly PlannedChange[], { texts, view }: Stage): readonly TableRow[] {
  // What nobody gets back is read first.
  const inOrder = [...changes].sort((a, b) => Number(b.change === 'lost') - Number(a.change === 'lost'));
  return inOrder.map(({ change, from, to, certificate, notAfter }, i) => {
    const until = notAfter ?? certificate?.notAfter;
    return {
      key: `${i} ${certificate?.serialNumber ?? ''}`,
      cells: [
        // Where it was says what it was good for; a key on its way to the old ones is still the one in use.
        texts.uses[keyUse(change === 'restored' || from === null ? to : from)],
        texts.plan.changes[change],
        until === undefined ? '' : shortDayText(until, view.language),
      ],
      isChange: change !== 'kept',
      isBad: change === 'lost',
    };
  });
}
