import { randomUUID } from 'node:crypto';
import { WISHES, type Wish } from '../central/support/random-writer.ts';

const MANY = 150;

/** The tree of groups grows, shrinks and is hung elsewhere: each time some kiosks have to fetch their copies anew. */
export const TREE_WISHES: readonly Wish[] = [
  (client, _pools, pick) =>
    client.query(`insert into groups (id, name, parent_id) select $1, $2, id from groups where name = $3`, [
      randomUUID(),
      `new-${randomUUID().slice(0, 8)}`,
      pick(SITES),
    ]),
  (client) =>
    client.query(`delete from groups where id = (select id from groups where name like 'new-%' limit 1)`),
  (client, _pools, pick) =>
    client.query(`update groups set parent_id = (select id from groups where name = $2) where name = $1`, [
      pick(TEAMS),
      pick(SITES),
    ]),
  (client, pools, pick) =>
    client.query(
      `update people set group_id = (select id from groups where name like 'new-%' limit 1)
        where id = $1 and exists (select from groups where name like 'new-%')`,
      [pick(pools.people)],
    ),
];

/** Many rows at once. */
const LARGE_WISHES: readonly Wish[] = [
  (client, pools, pick) =>
    client.query(
      `insert into people (id, display_name, mail, user_principal_name, state, group_id)
        select gen_random_uuid(), 'Many ' || n, '', '', 'active', $1 from generate_series(1, $2::int) n`,
      [pick(pools.groups), MANY],
    ),
  (client, pools, pick) =>
    client.query(
      `update people set approved_until = now() + random() * interval '1 year' where group_id = $1`,
      [pick(pools.groups)],
    ),
  // A team is gone, with all that it had: so that the tables stay as large as they are.
  async (client, _pools, pick) => {
    const team = pick(TEAMS);
    const those = `in (select id from people where group_id = (select id from groups where name = $1))`;
    const cards = `in (select id from cards where holder_id ${those})`;
    await client.query(`delete from certificates where card_id ${cards}`, [team]);
    await client.query(`delete from operations where card_id ${cards}`, [team]);
    await client.query(`delete from cards where holder_id ${those}`, [team]);
    await client.query(`delete from people where id ${those}`, [team]);
  },
];

/** The tree, but for its root: sites, and teams at a site. */
export const SITES: readonly string[] = ['site-a', 'site-b'];
export const TEAMS: readonly string[] = ['team-1', 'team-2', 'team-3'];

/** What those want who write straight into the tables. Most of it is small. */
export const ROW_WISHES: readonly Wish[] = [...WISHES, ...WISHES, ...WISHES, ...LARGE_WISHES];
