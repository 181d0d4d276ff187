/** ISO 8601 UTC to the second: the one form in which central gives out and compares instants. */
export function toInstant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** The same for what may be absent. */
export function toInstantOrNull(date: Date | null): string | null {
  return date === null ? null : toInstant(date);
}
