/** Sending what is due: claimed, sent, noted, one after the other; nothing of the database is held while the network is asked. */
import type { FastifyBaseLogger } from 'fastify';
import type { Central } from '../central.ts';
import { type AddressedMail, claimDueMail, noteTry } from '../repositories/mails.ts';
import { MAIL_KINDS, type MailFacts, mailFacts } from './mail-kinds.ts';
import { isAddress, type MailSettings } from './mail-settings.ts';
import type { TextKind } from './mail-texts.ts';
import { MailError, type MailTransport } from './mail-transport.ts';
import { writeMail } from './write-mail.ts';

const MINUTE_MS = 60_000;
/** Whoever claimed a mail and did not note what became of it has ended: another one sends it, perhaps again. */
const CLAIM_MS = 5 * MINUTE_MS;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;
/** With waits of 1, 2, 4 … minutes up to an hour: three days. */
const MAX_FAILURES = 78;

/** Where mails go, and how they are written. */
export interface MailSender {
  readonly settings: MailSettings;
  readonly transport: MailTransport;
  /** A server that takes longer with a mail hangs. */
  readonly limitMs: number;
}

export interface SendReport {
  readonly sent: number;
  /** Nothing is taken at present, so what else is due was not tried. */
  readonly isAway: boolean;
}

type Now = Pick<Central, 'database' | 'now' | 'authority'>;
const BRINGS_CODE: readonly string[] = ['codeGiven', 'numberGiven'] satisfies readonly TextKind[];
type Outcome = 'sent' | MailError['outcome'];

/** How sending ends before everything is sent. */
export interface SendEnds {
  /** No further mail is begun. */
  readonly stopping: AbortSignal;
  /** The one that is being sent is cut off. */
  readonly closing: AbortSignal;
}

/** Sends until nothing is due, nothing is taken at present, or it is to stop. Several may run at once. */
export async function sendDueMails(
  central: Now,
  sender: MailSender,
  log: FastifyBaseLogger,
  { stopping, closing }: SendEnds,
): Promise<SendReport> {
  let sent = 0;
  while (!stopping.aborted) {
    const now = central.now();
    const until = new Date(now.getTime() + CLAIM_MS);
    const claimed = await claimDueMail(central.database, MAIL_KINDS, now, until);
    if (!claimed) break;
    const outcome = await sendOne(central, sender, claimed, log, closing);
    if (outcome === 'away') return { sent, isAway: true };
    if (outcome === 'sent') sent += 1;
  }
  return { sent, isAway: false };
}

async function sendOne(
  central: Now,
  sender: MailSender,
  claimed: AddressedMail,
  log: FastifyBaseLogger,
  closing: AbortSignal,
): Promise<Outcome> {
  try {
    await trySend(central, sender, claimed, AbortSignal.any([closing, AbortSignal.timeout(sender.limitMs)]));
    await noteTry(central.database, claimed.mail.id, { sentAt: central.now() });
    return 'sent';
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    if (closing.aborted) {
      // It may have been taken: the other copy has the same Message-ID.
      await noteTry(central.database, claimed.mail.id, { dueAt: central.now() });
    } else {
      await noteFailure(central, claimed.mail, error, log);
    }
    return error.outcome;
  }
}

async function noteFailure(
  central: Now,
  { id, failures: before }: AddressedMail['mail'],
  { outcome, message }: MailError,
  log: FastifyBaseLogger,
): Promise<void> {
  const failures = before + 1;
  const isLast = outcome === 'refused' || failures >= MAX_FAILURES;
  const dueAt = new Date(central.now().getTime() + waitMs(before));
  await noteTry(central.database, id, { failures, ...(isLast ? { givenUpWith: message } : { dueAt }) });
  log.warn(
    { mail: id, failures, why: message },
    isLast ? 'a mail was given up; see: mail list' : 'a mail could not be sent',
  );
}

function waitMs(failures: number): number {
  return Math.min(LONGEST_WAIT_MS, MINUTE_MS * 2 ** failures);
}

/** @throws MailError */
async function trySend(
  central: Now,
  { settings, transport }: MailSender,
  { mail, name, address }: AddressedMail,
  signal: AbortSignal,
): Promise<string> {
  if (!isAddress(address)) throw new MailError('refused', noAddress(address));
  const facts = mailFacts.safeParse(mail.facts);
  if (!facts.success) throw new MailError('refused', 'the record of what happened cannot be read');
  const code = BRINGS_CODE.includes(mail.kind) ? openCode(central, mail, facts.data) : null;
  const written = { id: mail.id, kind: mail.kind as TextKind, facts: facts.data, madeAt: mail.madeAt, code };
  return transport.send(writeMail({ ...written, name, address }, settings), signal);
}

/** @throws MailError when it can help nobody any more */
function openCode(
  { authority, now }: Now,
  { id, sealedCode }: AddressedMail['mail'],
  { until }: MailFacts,
): string {
  const isOver = until !== undefined && new Date(until) <= now();
  if (!sealedCode || isOver)
    throw new MailError('refused', 'the code that it brings can no longer be used; give another one');
  const code = authority.codeKey.openCode(id, sealedCode);
  const text = Buffer.from(code).toString('latin1');
  code.fill(0);
  return text;
}

/** What to say where somebody has no address that a mail can go to. */
export function noAddress(address: string): string {
  return address === '' ? 'the person has no mail address' : 'that is not a mail address';
}
