/** Certificates that cards of another system come with: their keys prove the holder (ID-01). */
import { SLOTS, type Slot } from '../../domain/slot.ts';
import { MalformedCertificateError, parseCertificate } from '../../pki/certificate.ts';
import { readCertificateHolder } from '../../pki/certificate-holder.ts';
import { algorithmOf, UnsupportedKeyError } from '../../pki/public-key.ts';
import type { Database } from '../database.ts';
import type { AttachedFiles } from './attached-files.ts';
import { type ColumnValue, readCells } from './columns.ts';
import type { Attachment } from './import-kind.ts';
import { CellError } from './problem.ts';
import { StagedTable } from './staged-table.ts';

const MAX_FILE_BYTES = 16 * 1024;
const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/;
const BASE64 = /^[A-Za-z0-9+/\s]{200,}={0,2}$/;

/** `certificate_9a` … `certificate_95`. */
export const CERTIFICATE_COLUMNS: readonly string[] = SLOTS.map(columnOf);

/** Makes `import_certificate`, and fills it from the rows of cards. */
export async function attachCertificates(transaction: Database): Promise<Attachment> {
  const table = await StagedTable.create(transaction, 'import_certificate', [
    { name: 'line', type: 'integer' },
    { name: 'slot', type: 'text' },
    { name: 'serial_number', type: 'text' },
    { name: 'der', type: 'bytea' },
    { name: 'public_key', type: 'bytea' },
    { name: 'subject', type: 'text' },
    { name: 'common_name', type: 'text' },
    { name: 'mail', type: 'text' },
    { name: 'not_before', type: 'timestamptz' },
    { name: 'not_after', type: 'timestamptz' },
    { name: 'issuer', type: 'text' },
  ]);
  return {
    table,
    async take(row, files, problems) {
      const named = SLOTS.filter((slot) => row.cells.has(columnOf(slot)));
      const columns = named.map((slot) => ({
        ...{ name: columnOf(slot), type: 'bytea' as const, read: readCertificate },
      }));
      const certificates = readCells(columns, row, files, problems);
      if (certificates === null) return false;
      for (const [at, slot] of named.entries()) {
        await table.add(stagedCertificate(row.line, slot, certificates[at] as Uint8Array));
      }
      return true;
    },
  };
}

function columnOf(slot: Slot): string {
  return `certificate_${slot.toLowerCase()}`;
}

/** @param text a path, PEM, or DER in base64. @throws CellError */
function readCertificate(text: string, files: AttachedFiles): Uint8Array {
  const isInCell = PEM.test(text) || BASE64.test(text);
  const der = isInCell ? toDer(Buffer.from(text)) : toDer(files.read(text, MAX_FILE_BYTES));
  try {
    algorithmOf(parseCertificate(der).publicKey);
    readCertificateHolder(der);
  } catch (cause) {
    if (cause instanceof MalformedCertificateError) {
      throw new CellError('it is not one certificate: give PEM or DER', { cause });
    }
    if (!(cause instanceof UnsupportedKeyError)) throw cause;
    throw new CellError(
      'its key is not RSA-2048, RSA-3072, P-256 or P-384: leave it out, and its holder uses a one-time code',
      { cause },
    );
  }
  return der;
}

/** PEM and base64 as DER; what is neither stays as it is. */
function toDer(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1').trim();
  const base64 = PEM.exec(text)?.[1] ?? (BASE64.test(text) ? text : null);
  return base64 === null ? bytes : new Uint8Array(Buffer.from(base64, 'base64'));
}

function stagedCertificate(line: number, slot: Slot, der: Uint8Array): ColumnValue[] {
  const facts = parseCertificate(der);
  const { commonName, mail } = readCertificateHolder(der);
  return [
    ...[line, slot, facts.serialNumber, der, facts.publicKey, facts.subject, commonName, mail],
    ...[facts.notBefore.toISOString(), facts.notAfter.toISOString(), facts.issuer],
  ];
}
