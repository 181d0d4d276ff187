import type { CertificateSummary } from '../src/domain/card.ts';
import { SLOTS } from '../src/domain/slot.ts';
import type { ResultView } from '../src/flows/walk-up-state.ts';
import type { CertificateRow } from './parts/certificate-table.tsx';
import type { Stage } from './stage.ts';
import { keyUse } from './texts/texts.ts';
import { dayText } from './texts/time.ts';

/**
 * The certificates on record for a card, in the order of their slots; one past its end is called expired. Of a card that is
 * not finished none is called valid: nobody can say here whether its key is still on it.
 */
export function recordedRows(
  certificates: readonly CertificateSummary[],
  isUnfinished: boolean,
  { view, texts }: Stage,
): readonly CertificateRow[] {
  return [...certificates]
    .sort((a, b) => place(a.slot) - place(b.slot))
    .map((certificate, i) => {
      const isExpired = certificate.state === 'active' && certificate.notAfter <= view.now;
      return {
        key: `${i} ${certificate.serialNumber}`,
        use: texts.uses[keyUse(certificate.slot)],
        until: dayText(certificate.notAfter, view.language),
        state: texts.certificateStates[isExpired ? 'expired' : stateOf(certificate, isUnfinished)],
      };
    });
}

function stateOf({ state }: CertificateSummary, isUnfinished: boolean) {
  return isUnfinished && (state === 'active' || state === 'held') ? 'unfinished' : state;
}

/** The certificates that were just written, in the order of their slots, as before. */
export function writtenRows(
  certificates: ResultView['certificates'],
  { view, texts }: Stage,
): readonly CertificateRow[] {
  return [...certificates]
    .sort((a, b) => place(a.slot) - place(b.slot))
    .map((certificate, i) => ({
      key: `${i} ${certificate.serialNumber}`,
      use: texts.uses[keyUse(certificate.slot)],
      until: dayText(certificate.notAfter, view.language),
    }));
}

/** One that is not known comes first. */
function place(slot: string): number {
  return (SLOTS as readonly string[]).indexOf(slot);
}
