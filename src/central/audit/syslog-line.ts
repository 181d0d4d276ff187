import { type AuditRow, parseEntry } from '../repositories/audit.ts';

/** Facility 13, log audit. */
const FACILITY = 13;
const SEVERITY = { warning: 4, notice: 5 } as const;
/** The enterprise number for documentation (RFC 5612): Recard has none of its own. */
const STRUCTURED_DATA = 'recard@32473';
const NIL = '-';

/**
 * An entry as one line of syslog; its details are the message.
 * @see RFC 5424, 6
 */
export function syslogLine(row: AuditRow, host: string): string {
  const line = parseEntry(row);
  const severity = !line || isWarning(line.type, line.detail) ? SEVERITY.warning : SEVERITY.notice;
  const type = line?.type ?? 'audit.unreadable';
  const parameters = {
    ...{ seq: row.seq, type, actor: line?.actor ?? NIL, card: line?.cardId, operation: line?.operationId },
    hash: Buffer.from(row.hash).toString('hex'),
  };
  const data = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [`${name}="${escapeValue(String(value))}"`],
  );
  const time = isTimestamp(line?.at) ? line.at : NIL;
  const message = asciiJson(line?.detail ?? {});
  const header = `<${FACILITY * 8 + severity}>1 ${time} ${printable(host, 255)} recard-central - ${printable(type, 32)}`;
  return `${header} [${STRUCTURED_DATA} ${data.join(' ')}] ${message}`;
}

function isWarning(type: string, detail: unknown): boolean {
  const hasCode = typeof detail === 'object' && detail !== null && 'code' in detail;
  return hasCode || /broken|refused|stopped|abandoned|missing|sealed/.test(type);
}

/** PARAM-VALUE, on one line. @see RFC 5424, 6.3.3 */
function escapeValue(value: string): string {
  return value.replace(/\p{Cc}/gu, ' ').replace(/["\\\]]/g, '\\$&');
}

/** PRINTUSASCII without spaces, or the nil value. */
function printable(value: string, maxLength: number): string {
  return value.replace(/[^\x21-\x7e]/g, '').slice(0, maxLength) || NIL;
}

/** In ASCII, so that no receiver has to guess how it is encoded. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\x7f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isTimestamp(at: string | undefined): at is string {
  return at !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(at);
}
