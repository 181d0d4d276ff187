import type { HistoryLine } from '../../domain/desk-pages.ts';
import { toInstant } from '../instant.ts';
import type { AuditLine } from '../repositories/audit.ts';

/** An entry as it is shown: nothing of it but what happened, who did it, where, and in which words. */
export function toHistoryLine({ at, type, actor, detail }: AuditLine): HistoryLine {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  const kiosk = actor.startsWith('kiosk:') ? actor.slice('kiosk:'.length) : text(detail?.kiosk);
  // What was refused says by which code; the rest why: in somebody's words, or by a code of the reasons.
  const note = text(detail?.code) ?? text(detail?.note) ?? text(detail?.why) ?? text(detail?.reason);
  return { at: toInstant(new Date(at)), type, actor, kiosk, note };
}
