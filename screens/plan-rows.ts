import type { PlannedChange } from '../src/domain/planned-change.ts';
import type { PlannedWarning } from '../src/flows/walk-up-state.ts';
import type { TableRow } from './parts/row-table.tsx';
import type { Stage } from './stage.ts';
import type { KeyUse } from './texts/catalogue.ts';
import { keyUse } from './texts/texts.ts';
import { shortDayText } from './texts/time.ts';

/** What an operation does to each key, in words that need no knowledge of cards: what for, what happens, until when. */
export function planRows({ kind, changes }: PlannedWarning, { texts, view }: Stage): readonly TableRow[] {
  // What nobody gets back is read first.
  const inOrder = [...changes].sort((a, b) => Number(b.change === 'lost') - Number(a.change === 'lost'));
  return inOrder.map(({ change, from, to, certificate, notAfter }, i) => {
    const until = notAfter ?? certificate?.notAfter;
    return {
      key: `${i} ${certificate?.serialNumber ?? ''}`,
      cells: [
        texts.uses[useOf({ change, from, to })],
        // Nothing stays on a card that is empty.
        texts.plan.changes[kind === 'issueWarning' && change === 'renewed' ? 'restored' : change],
        until === undefined ? '' : shortDayText(until, view.language),
      ],
      isChange: change !== 'kept',
      isBad: change === 'lost',
    };
  });
}

/** Where it was says what it was good for: a key on its way to the old ones is still the one in use. What has no place is an old one. */
function useOf({ change, from, to }: Pick<PlannedChange, 'change' | 'from' | 'to'>): KeyUse {
  if (from === null && to === null) return 'oldEncrypt';
  return keyUse(change === 'restored' || from === null ? to : from);
}
