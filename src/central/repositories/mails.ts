/** Mails that were told and not sent yet, and those that were given up. */
import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, type SQL } from 'drizzle-orm';
import { mails } from '../../../db/central/mail-schema.ts';
import { people } from '../../../db/central/schema.ts';
import type { Database } from '../database.ts';

export type MailRow = typeof mails.$inferSelect;

/** A mail with whom it is for, as they are on record now. */
export interface AddressedMail {
  readonly mail: MailRow;
  readonly login: string | null;
  readonly name: string;
  readonly address: string;
}

const ADDRESSED = { mail: mails, login: people.login, name: people.displayName, address: people.mail };
const isOpen = and(isNull(mails.sentAt), isNull(mails.givenUpWith));

export async function addMail(transaction: Database, mail: MailRow): Promise<void> {
  await transaction.insert(mails).values(mail);
}

/**
 * Takes the mail that is due for longest, of the kinds that this central knows; no other central finds it before `until`.
 * Whoever holds one is not waited for.
 */
export async function claimDueMail(
  database: Database,
  kinds: readonly string[],
  now: Date,
  until: Date,
): Promise<AddressedMail | undefined> {
  return database.transaction(async (transaction) => {
    const [due] = await transaction
      .select(ADDRESSED)
      .from(mails)
      .innerJoin(people, eq(people.id, mails.personId))
      .where(and(isOpen, lte(mails.dueAt, now), inArray(mails.kind, [...kinds])))
      .orderBy(asc(mails.dueAt), asc(mails.id))
      .limit(1)
      .for('update', { of: mails, skipLocked: true });
    if (!due) return undefined;
    await change(transaction, eq(mails.id, due.mail.id), { dueAt: until });
    return due;
  });
}

/** What became of a try; a mail that somebody has sent stays sent. */
export async function noteTry(
  database: Database,
  id: string,
  outcome: Partial<Pick<MailRow, 'sentAt' | 'failures' | 'dueAt' | 'givenUpWith'>>,
): Promise<void> {
  const isOver = outcome.sentAt != null || outcome.givenUpWith != null;
  // A code that it brings is not kept for longer than it takes to send it.
  const values = isOver ? { ...outcome, sealedCode: null } : outcome;
  await change(database, and(eq(mails.id, id), isNull(mails.sentAt)), values);
}

/** What was not sent, oldest first. */
export async function listUnsentMails(database: Database): Promise<AddressedMail[]> {
  return database
    .select(ADDRESSED)
    .from(mails)
    .innerJoin(people, eq(people.id, mails.personId))
    .where(isNull(mails.sentAt))
    .orderBy(asc(mails.madeAt), asc(mails.id));
}

/** Has a mail that was not sent tried again at once, or all that were given up. @param id null: those @returns how many */
export async function retryMails(database: Database, id: string | null, now: Date): Promise<number> {
  const which = id === null ? isNotNull(mails.givenUpWith) : eq(mails.id, id);
  const again = { dueAt: now, failures: 0, givenUpWith: null };
  return change(database, and(isNull(mails.sentAt), which), again);
}

/** Forgets what was sent before an instant. */
export async function forgetSentMails(database: Database, before: Date): Promise<void> {
  await database.delete(mails).where(lt(mails.sentAt, before));
}

async function change(database: Database, which: SQL | undefined, values: Partial<MailRow>): Promise<number> {
  const changed = await database.update(mails).set(values).where(which).returning({ id: mails.id });
  return changed.length;
}
