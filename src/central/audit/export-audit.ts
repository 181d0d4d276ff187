import { hostname } from 'node:os';
import { toPem } from '../../pki/certificate.ts';
import type { Central } from '../central.ts';
import { type AuditRow, auditRows, parseEntry, readAuditHead } from '../repositories/audit.ts';
import { syslogLine } from './syslog-line.ts';

/**
 * Writes central's own chain out. `jsonl`: a line an entry, whose `entry` is the text that was hashed; then the head, signed,
 * and the public key that checks it (docs/decisions/0007). `syslog`: RFC 5424.
 * @param since the first entry by its time or number; null: all
 */
export async function exportAudit(
  central: Pick<Central, 'authority' | 'database'>,
  format: 'jsonl' | 'syslog',
  since: Date | number | null,
  write: (line: string) => void,
): Promise<void> {
  await central.database.transaction(
    async (transaction) => {
      const after = typeof since === 'number' ? since - 1 : null;
      for await (const row of auditRows(transaction, after)) {
        if (since instanceof Date && isBefore(row, since)) continue;
        write(format === 'jsonl' ? jsonLine(row) : syslogLine(row, hostname()));
      }
      if (format === 'jsonl') write(JSON.stringify(await lastLine(central, transaction)));
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** What cannot be read is not left out. */
function isBefore(row: AuditRow, since: Date): boolean {
  return new Date(parseEntry(row)?.at ?? Number.NaN).getTime() < since.getTime();
}

/** Ends with the entry as it is, so that whoever checks the hash need not write JSON the way central does. */
function jsonLine(row: AuditRow): string {
  const { seq, entry } = row;
  const hashes = `"previousHash":"${hex(row.previousHash)}","hash":"${hex(row.hash)}"`;
  return parseEntry(row)
    ? `{"seq":${seq},${hashes},"entry":${entry}}`
    : `{"seq":${seq},${hashes},"unreadable":${JSON.stringify(entry)}}`;
}

async function lastLine(central: Pick<Central, 'authority'>, database: Central['database']): Promise<object> {
  const head = await readAuditHead(central, database);
  const signature = head?.signature ? Buffer.from(head.signature).toString('base64') : null;
  return {
    head: head && { chain: 'central', seq: head.seq, hash: hex(head.hash), signature },
    publicKey: toPem('PUBLIC KEY', central.authority.auditKey.publicKey),
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
