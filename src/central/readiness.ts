import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

/** For the database's answer. */
const ANSWER_MS = 1000;
/** How long an answer is good for: anybody may ask. */
const FRESH_MS = 250;

/** Whether central can work: a balancer sends nobody to one that cannot. */
export function readiness(database: Database): () => Promise<boolean> {
  let asked: Promise<boolean> | null = null;
  return () => {
    asked ??= answers(database).finally(() => {
      setTimeout(() => {
        asked = null;
      }, FRESH_MS).unref();
    });
    return asked;
  };
}

async function answers(database: Database): Promise<boolean> {
  const answered = database.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
  return Promise.race([answered, delay(ANSWER_MS, false, { ref: false })]);
}
