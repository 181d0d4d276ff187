import { sql } from 'drizzle-orm';
import { EVERYBODY } from '../../../db/central/group-schema.ts';
import type { Central } from '../central.ts';
import type { Database } from '../database.ts';
import { stopOperationsOf } from '../operation/stop-operations.ts';
import {
  checkApproval,
  checkLogin,
  checkMail,
  checkName,
  checkPersonState,
  checkPhoto,
  MAX_PHOTO_BYTES,
} from '../person-fields.ts';
import { recordAudit } from '../repositories/audit.ts';
import { publishRevocationList } from '../revocation.ts';
import { readGroupName } from './columns.ts';
import type { ImportKind, ImportOptions } from './import-kind.ts';
import { CellError } from './problem.ts';
import { isKnownGroup, isNotTwice, isSaidOfNew } from './row-checks.ts';
import { selectRows } from './select-rows.ts';

const RECORD = 'left join people t on t.login = r.login';
/** How many ids one entry of the audit names. */
const IDS_AN_ENTRY = 500;

/** Cardholders by `login`. What a row leaves empty stays as it is on record; of somebody new it is the default. */
export const PEOPLE: ImportKind = {
  name: 'people',
  table: 'people',
  columns: [
    { name: 'login', type: 'text', read: checkLogin },
    { name: 'name', type: 'text', read: checkName },
    { name: 'mail', type: 'text', read: checkMail },
    { name: 'upn', type: 'text', read: checkMail },
    { name: 'group', type: 'text', read: readGroupName },
    { name: 'state', type: 'text', read: checkPersonState },
    // -infinity: never approved, which is something else than nothing said.
    {
      name: 'approved_until',
      type: 'timestamptz',
      read: (text) => checkApproval(text)?.toISOString() ?? '-infinity',
    },
    // Empty: none, in the same way.
    {
      name: 'photo',
      type: 'bytea',
      read: (path, files) =>
        path === 'none' ? new Uint8Array() : checkPhoto(files.read(path, MAX_PHOTO_BYTES)),
    },
  ],
  attachedColumns: [],
  keys: ['login'],
  fields: [
    { name: 'login', column: 'login' },
    { name: 'name', column: 'display_name' },
    { name: 'mail', column: 'mail' },
    { name: 'upn', column: 'user_principal_name' },
    {
      name: 'group',
      column: 'group_id',
      shown: (alias) => `(select g.name from groups g where g.id = ${alias}.group_id)`,
    },
    { name: 'state', column: 'state' },
    {
      name: 'approved_until',
      column: 'approved_until',
      shown: (alias) => `to_char(${alias}.approved_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
    },
    {
      name: 'photo',
      column: 'photo',
      shown: (alias) => `length(${alias}.photo) || ' bytes'`,
      // Photos that nothing is said of are not read.
      differs: 'case when n.says_photo then n.photo is distinct from t.photo else false end',
    },
  ],
  rowChecks: [
    isNotTwice('login'),
    isKnownGroup('group'),
    isSaidOfNew('name', RECORD, 't.id is null'),
    isSaidOfNew('mail', RECORD, 't.id is null'),
  ],
  plan: sql`select r.line, coalesce(t.id, r.new_id) as id, t.id is null as is_new, r.login,
      coalesce(r.name, t.display_name) as display_name,
      coalesce(r.mail, t.mail) as mail,
      coalesce(r.upn, t.user_principal_name, r.mail) as user_principal_name,
      coalesce(g.id, t.group_id, ${EVERYBODY}::uuid) as group_id,
      coalesce(r.state, t.state, 'active') as state,
      nullif(coalesce(r.approved_until, t.approved_until), '-infinity') as approved_until,
      nullif(coalesce(r.photo, t.photo), ''::bytea) as photo,
      r.photo is not null as says_photo
    from import_row r ${sql.raw(RECORD)} left join groups g on g.name = r."group"`,
  planMore: disableMissing,
  planChecks: [],
  before: rememberDisabled,
  after: stopOperations,
  finish: async (central) => {
    await publishRevocationList(central, 'issuing');
  },
};

/** People without a login cannot be in a file, and are left alone. */
async function disableMissing(transaction: Database, { disablesMissing }: ImportOptions): Promise<void> {
  if (!disablesMissing) return;
  const isMissing = sql`t.state = 'active' and t.login is not null
    and not exists (select from import_row r where r.login = t.login)`;
  const [count] = await selectRows<{ missing: number; active: number }>(
    transaction,
    sql`select count(*) filter (where ${isMissing})::int as missing, count(*)::int as active
      from people t where t.state = 'active' and t.login is not null`,
  );
  if (count && count.missing * 2 > count.active) {
    throw new CellError(
      `${count.missing} of ${count.active} active people are not in the file, which is more than half: give the whole list, or disable them by rows with the state disabled`,
    );
  }
  await transaction.execute(sql`insert into import_plan
    select null, t.id, false, t.login, t.display_name, t.mail, t.user_principal_name, t.group_id, 'disabled',
      t.approved_until, t.photo, false from people t where ${isMissing}`);
}

async function rememberDisabled(transaction: Database): Promise<void> {
  await transaction.execute(sql`create temporary table import_disabled on commit drop as
    select n.id from import_plan n join people t on t.id = n.id where n.state = 'disabled' and t.state <> 'disabled'`);
}

/** As when one person is disabled: what open operations of their cards have issued dies (operation.md D). */
async function stopOperations(central: Central, transaction: Database): Promise<void> {
  const now = central.now();
  const busy = await selectRows<{ id: string }>(
    transaction,
    sql`select distinct d.id from import_disabled d join cards c on c.holder_id = d.id
      join operations o on o.card_id = c.id and o.state = 'open' order by d.id`,
  );
  for (const { id } of busy) await stopOperationsOf(transaction, id, now);
  const disabled = await selectRows<{ id: string }>(
    transaction,
    sql`select id from import_disabled order by id`,
  );
  for (let at = 0; at < disabled.length; at += IDS_AN_ENTRY) {
    const people = disabled.slice(at, at + IDS_AN_ENTRY).map(({ id }) => id);
    const entry = { type: 'people.disabled', actor: 'command', detail: { people } };
    await recordAudit(central, transaction, entry, now);
  }
}
