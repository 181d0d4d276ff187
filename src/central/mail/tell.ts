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
export async function tell(
  central: Pick<Central, 'mail' | 'now'>,
  transaction: Database,
  personId: string,
  kind: MailKind,
  facts: MailFacts,
): Promise<void> {
  if (central.mail === null) return;
  const now = central.now();
  await addMail(transaction, {
    ...{ id: ids.next(now), personId, kind, madeAt: now, dueAt: now },
    facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
    ...{ sentAt: null, failures: 0, givenUpWith: null, sealedCode: null },
  });
}
