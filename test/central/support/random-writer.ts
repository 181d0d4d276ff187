/** Somebody who changes central's data at random, in transactions of their own, beside others. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** What writers share: ids that were committed or not, since a wish for what is not there is a wish as well. */
export interface Pools {
  readonly groups: readonly string[];
  readonly people: string[];
  readonly cards: string[];
  readonly certificates: string[];
  readonly kioskId: string;
}

export type Wish = (client: pg.Client, pools: Pools, pick: <T>(from: readonly T[]) => T) => Promise<unknown>;

const NOW = '2026-11-01T10:00:00.123Z';

/** What anybody may want, within groups that stay as they are. */
export const WISHES: readonly Wish[] = [
  (client, pools, pick) => {
    const id = randomUUID();
    pools.people.push(id);
    return client.query(
      `insert into people (id, display_name, mail, user_principal_name, state, group_id) values ($1, 'Anna', '', '', 'active', $2)`,
      [id, pick(pools.groups)],
    );
  },
  (client, pools, pick) =>
    client.query('update people set group_id = $2 where id = $1', [pick(pools.people), pick(pools.groups)]),
  (client, pools, pick) =>
    client.query('update people set display_name = $2 where id = $1', [pick(pools.people), randomUUID()]),
  // All of a group at once.
  (client, pools, pick) =>
    client.query('update people set group_id = $2 where group_id = $1', [
      pick(pools.groups),
      pick(pools.groups),
    ]),
  // What kiosks do not see.
  (client, pools, pick) => client.query(`update people set mail = 'x' where id = $1`, [pick(pools.people)]),
  (client, pools, pick) => {
    const id = randomUUID();
    pools.cards.push(id);
    return client.query(
      `insert into cards (id, guid, fasc_n, chuid_expiry, expires_at, holder_id, state, profile_name, profile_revision,
        management_key_version, management_key_algorithm, puk_version)
      values ($1, $1, '', '20300101', '${NOW}', $2, 'issued', 'employee', 1, 0, 'AES-192', 0)`,
      [id, pick(pools.people)],
    );
  },
  (client, pools, pick) =>
    client.query('update cards set holder_id = $2 where id = $1', [pick(pools.cards), pick(pools.people)]),
  (client, pools, pick) =>
    client.query(
      `update cards set state = case state when 'issued' then 'disabled' else 'issued' end where id = $1`,
      [pick(pools.cards)],
    ),
  // One that was never issued kiosks see when it has a chip, and not before.
  (client, pools, pick) =>
    client.query(
      `update cards set state = case state when 'planned' then 'issued' else 'planned' end where id = $1`,
      [pick(pools.cards)],
    ),
  (client, pools, pick) => {
    const id = pick(pools.cards);
    return client.query(
      `update cards set serial = case when serial is null then (abs(hashtext(id::text)::bigint) + 1)::text end where id = $1`,
      [id],
    );
  },
  async (client, pools, pick) => {
    const id = pick(pools.cards);
    await client.query('delete from certificates where card_id = $1', [id]);
    await client.query('delete from operations where card_id = $1', [id]);
    await client.query('delete from cards where id = $1', [id]);
  },
  (client, pools, pick) => {
    const serialNumber = randomUUID().slice(0, 8);
    pools.certificates.push(serialNumber);
    return client.query(
      `insert into certificates (serial_number, card_id, slot, der, public_key, subject, common_name, mail, not_before,
        not_after, issued_at, state, is_on_card) values ($1, $2, '9A', '', '', '', '', '', '${NOW}', '${NOW}', '${NOW}', $3, false)`,
      [serialNumber, pick(pools.cards), pick(['held', 'active'])],
    );
  },
  (client, pools, pick) =>
    client.query('update certificates set state = $2 where serial_number = $1', [
      pick(pools.certificates),
      pick(['held', 'active', 'revoked']),
    ]),
  (client, pools, pick) =>
    client.query(`update certificates set revoked_at = '${NOW}' where serial_number = $1`, [
      pick(pools.certificates),
    ]),
  (client, pools, pick) =>
    client.query('update certificates set card_id = $2 where serial_number = $1', [
      pick(pools.certificates),
      pick(pools.cards),
    ]),
  (client, pools, pick) =>
    client.query(
      `insert into operations (id, card_id, kiosk_id, state, reason, profile_name, profile_revision, image, nonce,
        recipient_key, accepts_key_loss, started_at)
      values ($1, $2, $3, 'open', 'x', 'employee', 1, '{}', '', '', false, '${NOW}')`,
      [randomUUID(), pick(pools.cards), pools.kioskId],
    ),
  (client, pools, pick) =>
    client.query(`update operations set state = 'completed' where card_id = $1`, [pick(pools.cards)]),
  (client) =>
    client.query(`insert into profiles (name, revision, document, parsed, saved_at)
      select name, max(revision) + 1, '', (array_agg(parsed))[1] || jsonb_build_object('revision', max(revision) + 1), now()
      from profiles group by name`),
  (client) => client.query(`update reasons set position = position + 1 where code = 'profile-updated'`),
];

export class RandomWriter {
  readonly #client: pg.Client;
  readonly #pools: Pools;
  readonly #random: () => number;
  readonly #wishes: readonly Wish[];

  constructor(databaseUrl: string, pools: Pools, random: () => number, wishes = WISHES) {
    this.#client = new pg.Client({ connectionString: databaseUrl });
    // The query that is under way, or the next one, fails with it.
    this.#client.on('error', () => {});
    this.#pools = pools;
    this.#random = random;
    this.#wishes = wishes;
  }

  /** @returns how many transactions were committed */
  async write(transactions: number): Promise<number> {
    await this.#client.connect();
    let committed = 0;
    try {
      for (let count = 0; count < transactions; count += 1) if (await this.#writeOne()) committed += 1;
    } finally {
      await this.#client.end();
    }
    return committed;
  }

  /** Some wishes, of which one may be taken back alone, or all. A wish that cannot be granted takes back all. */
  async #writeOne(): Promise<boolean> {
    const client = this.#client;
    await client.query('begin');
    try {
      for (let left = 1 + Math.floor(this.#random() * 4); left > 0; left -= 1) {
        const isTakenBack = this.#random() < 0.2;
        if (isTakenBack) await client.query('savepoint one');
        await this.#pick(this.#wishes)(client, this.#pools, this.#pick);
        if (isTakenBack) await client.query('rollback to savepoint one');
      }
      const isKept = this.#random() > 0.15;
      await client.query(isKept ? 'commit' : 'rollback');
      return isKept;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || !EXPECTED.includes(error.code ?? '')) throw error;
      await client.query('rollback');
      return false;
    }
  }

  readonly #pick = <T>(from: readonly T[]): T => from[Math.floor(this.#random() * from.length)]!;
}

/** foreign_key_violation, unique_violation, deadlock_detected (of rows that these writers take in no order). */
const EXPECTED: readonly string[] = ['23503', '23505', '40P01'];
