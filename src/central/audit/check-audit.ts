import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import {
  AUDIT_START,
  type AuditLine,
  type AuditRow,
  auditRows,
  entryHash,
  parseEntry,
  readAuditHead,
} from '../repositories/audit.ts';
import { checkEnd, type Finding, Findings, isSame } from './finding.ts';

/** An event of a kiosk as central's audit has it. */
export interface Anchor {
  /** `kiosk:NAME`. */
  readonly actor: string;
  readonly chain: string;
  readonly n: number;
  /** Hex. */
  readonly hash: string;
  /** How many events of its chain are in central's audit, up to this one. */
  readonly told: number;
}

export interface CheckedAudit {
  readonly findings: readonly Finding[];
  readonly entries: number;
  /** The last one of each chain of each kiosk, by `anchorKey`. */
  readonly anchors: ReadonlyMap<string, Anchor>;
}

/**
 * Follows central's own chain from entry 1 to the head that is signed. An entry is known to be changed by its hash, or by
 * that of the next one; to be in another's place by the number in its text.
 * @param onLine gets each entry
 */
export async function checkAudit(
  central: Pick<Central, 'authority'>,
  database: Database,
  onLine: (line: AuditLine) => void = () => {},
): Promise<CheckedAudit> {
  const findings = new Findings('central');
  const anchors = new Map<string, Anchor>();
  const head = await readAuditHead(central, database);
  const walk = new AuditWalk(findings);
  let entries = 0;
  let last: AuditRow | null = null;
  let atEnd: Uint8Array | null = null;
  for await (const row of auditRows(database)) {
    const line = parseEntry(row);
    walk.follow(row, line);
    const anchor = line && anchorIn(line);
    if (anchor) {
      const told = (anchors.get(anchorKey(anchor))?.told ?? 0) + anchor.told;
      anchors.set(anchorKey(anchor), { ...anchor, told });
    }
    onLine(line ?? { seq: row.seq, at: '-', type: 'audit.unreadable', actor: '-' });
    if (row.seq === head?.seq) atEnd = row.hash;
    last = row;
    entries += 1;
  }
  checkEnd(findings, head, last, atEnd);
  return { findings: findings.all(), entries, anchors };
}

/** Kiosks make the ids of their chains themselves: one alone stands for nothing. */
export function anchorKey({ actor, chain }: Pick<Anchor, 'actor' | 'chain'>): string {
  return `${actor} ${chain}`;
}

/** One row after the other against the one before it. */
class AuditWalk {
  readonly #findings: Findings;
  #expected = 1;
  /** Hash of the row before; null where that is not known to be right. */
  #previous: Uint8Array | null = AUDIT_START;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  follow(row: AuditRow, line: AuditLine | null): void {
    const { seq } = row;
    if (seq > this.#expected) {
      this.#findings.add('missing', this.#expected, seq - 1);
      this.#previous = null;
    }
    const isSound = line !== null && isSame(row.hash, entryHash(row.previousHash, row.entry));
    const isInPlace = line?.seq === seq && seq >= this.#expected;
    if (!isSound) this.#findings.add('changed', seq);
    else if (!isInPlace) this.#findings.add('reordered', seq);
    // It says itself what it followed: not what is there now.
    else if (this.#previous && !isSame(row.previousHash, this.#previous))
      this.#findings.add('changed', Math.max(seq - 1, 1));
    this.#previous = isSound && isInPlace ? row.hash : null;
    this.#expected = Math.max(seq + 1, this.#expected);
  }
}

function anchorIn({ type, actor, detail }: AuditLine): Anchor | null {
  const { chain, n, hash } = detail ?? {};
  if (!type.startsWith('kiosk.') || typeof chain !== 'string' || typeof n !== 'number') return null;
  return typeof hash === 'string' ? { actor, chain, n, hash, told: type === 'kiosk.head' ? 0 : 1 } : null;
}

/** The whole of central's own chain, and the first entry that is missing or not as it was written. */
export async function readAudit(
  central: Pick<Central, 'authority' | 'database'>,
): Promise<{ readonly lines: readonly AuditLine[]; readonly brokenAt: number | null }> {
  return central.database.transaction(
    async (transaction) => {
      const lines: AuditLine[] = [];
      const { findings } = await checkAudit(central, transaction, (line) => lines.push(line));
      return { lines, brokenAt: findings[0]?.from ?? null };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
