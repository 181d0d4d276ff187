/** `good`: as it should be. `note`: worth knowing. `wrong`: something has to be done. */
export type Verdict = 'good' | 'note' | 'wrong';

/** One thing that the doctor has looked at. */
export interface Finding {
  /** What was looked at, stable: `card-service`. */
  readonly subject: string;
  readonly verdict: Verdict;
  readonly says: string;
  /** What to do, mostly a command; null where nothing is to be done. */
  readonly remedy: string | null;
}

/** As it should be. */
export function good(subject: string, says: string): Finding {
  return { subject, verdict: 'good', says, remedy: null };
}

/** Worth knowing. */
export function note(subject: string, says: string, remedy: string | null = null): Finding {
  return { subject, verdict: 'note', says, remedy };
}

/** Something has to be done. */
export function wrong(subject: string, says: string, remedy: string): Finding {
  return { subject, verdict: 'wrong', says, remedy };
}
