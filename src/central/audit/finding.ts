/** What is wrong with a chain, and where (SE-05). */
export interface Finding {
  /** `central`, or `kiosk NAME, chain ID`. */
  readonly chain: string;
  readonly what: Fault;
  /** Numbers of entries, both included. */
  readonly from: number;
  readonly to: number;
}

export type Fault = 'missing' | 'changed' | 'reordered' | 'added' | 'unsigned';

const TEXTS: Readonly<Record<Fault, readonly [one: string, many: string]>> = {
  missing: ['is missing', 'are missing'],
  changed: ['was changed', 'were changed'],
  reordered: ['stands in the place of another one', 'stand in the places of others'],
  added: ['was added after the last one that is signed', 'were added after the last one that is signed'],
  unsigned: [
    'and what follows it may be missing: the head is not signed by the audit key',
    'and what follows them may be missing: the head is not signed by the audit key',
  ],
};

/** `kiosk Lobby, chain 7b…: entries 4 to 6 are missing`. */
export function describeFinding({ chain, what, from, to }: Finding): string {
  const [one, many] = TEXTS[what];
  return from === to ? `${chain}: entry ${from} ${one}` : `${chain}: entries ${from} to ${to} ${many}`;
}

/** Collects what is wrong with one chain; the same fault of neighbours is one finding. */
export class Findings {
  readonly #chain: string;
  readonly #found: Finding[] = [];

  constructor(chain: string) {
    this.#chain = chain;
  }

  add(what: Fault, from: number, to = from): void {
    const last = this.#found.at(-1);
    const isSame = last?.what === what && from <= last.to + 1 && from >= last.from;
    if (!isSame) this.#found.push({ chain: this.#chain, what, from, to });
    else this.#found.splice(-1, 1, { ...last, to: Math.max(to, last.to) });
  }

  /** For an entry of which nothing was found so far. */
  addIfSound(what: Fault, n: number): void {
    if (!this.#found.some(({ from, to }) => from <= n && n <= to)) this.add(what, n);
  }

  /** In the order of their numbers. */
  all(): readonly Finding[] {
    return this.#found.toSorted((a, b) => a.from - b.from);
  }
}

/** The end of a chain as it is signed. */
export interface SignedEnd {
  readonly seq: number;
  readonly hash: Uint8Array | null;
  readonly isOwn: boolean;
}

/** What is in a chain against what is signed as its end. @param last the last entry that is there */
export function checkEnd(
  findings: Findings,
  signed: SignedEnd | null,
  last: { readonly seq: number; readonly hash: Uint8Array | null } | null,
  atEnd: Uint8Array | null,
): void {
  const lastSeq = last?.seq ?? 0;
  if (!signed) {
    if (last) findings.add('unsigned', lastSeq + 1);
    return;
  }
  if (!signed.isOwn) findings.add('unsigned', lastSeq + 1);
  else if (signed.seq > lastSeq) findings.add('missing', lastSeq + 1, signed.seq);
  else if (signed.seq < lastSeq) findings.add('added', signed.seq + 1, lastSeq);
  if (signed.isOwn && atEnd && signed.hash && !isSame(atEnd, signed.hash))
    findings.addIfSound('changed', signed.seq);
}

/** Whether two hashes are equal. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
