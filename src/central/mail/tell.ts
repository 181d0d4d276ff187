/** Telling a person by mail, as part of the transaction that does what they are told of (OP-05, KR-10). */
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { addMail } from '../repositories/mails.ts';
import { RowIds } from '../row-ids.ts';
import type { MailFacts, MailKind } from './mail-kinds.ts';

const ids = new RowIds();

/**
 * Puts a mail down; it is sent later, and nobody waits for that. Without `[mail]` nothing is put down: what was done before
 * mail was set up is not told afterwards.
 */
export function tell(
  central: Pick<Central, 'mail' | 'now'>,
  transaction: Database,
  personId: string,
  kind: MailKind,
  facts: MailFacts,
): Promise<void> {
  return putDown(central, transaction, { personId, kind, facts }, () => null);
}

interface CodeToTell {
  readonly personId: string;
  readonly kind: Extract<MailKind, 'codeGiven' | 'numberGiven'>;
  readonly facts: MailFacts;
  /** ASCII digits; wiped by the caller. */
  readonly code: Uint8Array;
}

/** The same of a mail that brings a one-time code, which is in the database sealed only, and only until it is sent. */
export function tellCode(
  central: Pick<Central, 'mail' | 'now' | 'authority'>,
  transaction: Database,
  { code, ...mail }: CodeToTell,
): Promise<void> {
  return putDown(central, transaction, mail, (id) => central.authority.codeKey.sealCode(id, code));
}

async function putDown(
  central: Pick<Central, 'mail' | 'now'>,
  transaction: Database,
  { personId, kind, facts }: Omit<CodeToTell, 'code' | 'kind'> & { readonly kind: MailKind },
  sealedCode: (id: string) => Uint8Array | null,
): Promise<void> {
  if (central.mail === null) return;
  const now = central.now();
  const id = ids.next(now);
  await addMail(transaction, {
    ...{ id, personId, kind, madeAt: now, dueAt: now, sealedCode: sealedCode(id) },
    facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
    ...{ sentAt: null, failures: 0, givenUpWith: null },
  });
}
