ALTER TABLE "copy_log" DROP CONSTRAINT "copy_log_scope_id_copy_scopes_id_fk";
--> statement-breakpoint
ALTER TABLE "copy_scope_groups" DROP CONSTRAINT "copy_scope_groups_group_id_groups_id_fk";
--> statement-breakpoint
-- What kiosks see, in one place: the log and the snapshots are made from these views. Columns are named as on the wire.
CREATE FUNCTION copy_instant(at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
--> statement-breakpoint
CREATE VIEW copy_people AS SELECT id, display_name AS "displayName", state, copy_instant(approved_until) AS "approvedUntil" FROM people;
--> statement-breakpoint
CREATE VIEW copy_cards AS SELECT id, serial, guid, holder_id AS "holderId", state, copy_instant(expires_at) AS "expiresAt",
  profile_name AS "profileName",
  EXISTS (SELECT FROM operations o WHERE o.card_id = cards.id AND o.state = 'open') AS "hasOpenOperation",
  is_management_key_known AS "isManagementKeyKnown" FROM cards;
--> statement-breakpoint
-- Held certificates are nobody's business (RP-18). What is on the CRL is revoked, whatever central's record says (RP-05).
CREATE VIEW copy_certificates AS SELECT card_id AS "cardId", slot, serial_number AS "serialNumber",
  copy_instant(not_after) AS "notAfter", CASE WHEN revoked_at IS NULL THEN state ELSE 'revoked' END AS state
  FROM certificates WHERE state <> 'held';
--> statement-breakpoint
-- The newest revision; a setting that is younger than it has its default.
CREATE VIEW copy_profiles AS SELECT name, '{"abandonAfterHours":720}'::jsonb || parsed AS document FROM (
    SELECT DISTINCT ON (name) name, parsed, withdrawn_at FROM profiles ORDER BY name, revision DESC
  ) newest WHERE withdrawn_at IS NULL;
--> statement-breakpoint
CREATE VIEW copy_reasons AS SELECT code, titles, old_certificates AS "oldCertificates",
  old_encryption_certificate AS "oldEncryptionCertificate", encryption_key AS "encryptionKey", crl_reason AS "crlReason",
  position FROM reasons;
--> statement-breakpoint
-- What the transaction under way has touched. `before`: where the row hung until then (a person's group, a card's holder, a
-- certificate's card); null where kiosks did not see it. Emptied by the same transaction, so nobody else ever sees a row,
-- and a crash loses nothing; rolled back to a savepoint with what was done since.
CREATE UNLOGGED TABLE copy_touched (txid xid8 NOT NULL, kind text NOT NULL, key text NOT NULL, before text)
  WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
--> statement-breakpoint
CREATE INDEX copy_touched_key ON copy_touched (txid, kind, key);
--> statement-breakpoint
-- One row for each such transaction, so that its end is told of once, however many rows it has touched.
CREATE UNLOGGED TABLE copy_transactions (txid xid8 PRIMARY KEY)
  WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
--> statement-breakpoint
CREATE FUNCTION copy_touch_people() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE xid xid8 := pg_current_xact_id();
BEGIN
  IF tg_op = 'INSERT' THEN
    INSERT INTO copy_touched SELECT xid, 'person', id, NULL FROM new_rows;
  ELSIF tg_op = 'DELETE' THEN
    INSERT INTO copy_touched SELECT xid, 'person', id, group_id FROM old_rows;
  ELSE
    INSERT INTO copy_touched
      SELECT xid, 'person', id, group_id FROM (
        SELECT id, group_id, display_name, state, approved_until FROM old_rows
        EXCEPT SELECT id, group_id, display_name, state, approved_until FROM new_rows) gone
      UNION ALL SELECT xid, 'person', id, NULL FROM (
        SELECT id, group_id, display_name, state, approved_until FROM new_rows
        EXCEPT SELECT id, group_id, display_name, state, approved_until FROM old_rows) come;
  END IF;
  IF found THEN INSERT INTO copy_transactions VALUES (xid) ON CONFLICT DO NOTHING; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION copy_touch_cards() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE xid xid8 := pg_current_xact_id();
BEGIN
  IF tg_op = 'INSERT' THEN
    INSERT INTO copy_touched SELECT xid, 'card', id, NULL FROM new_rows;
  ELSIF tg_op = 'DELETE' THEN
    INSERT INTO copy_touched SELECT xid, 'card', id, holder_id FROM old_rows;
  ELSE
    INSERT INTO copy_touched
      SELECT xid, 'card', id, holder_id FROM (
        SELECT id, holder_id, serial, guid, state, expires_at, profile_name, is_management_key_known FROM old_rows
        EXCEPT SELECT id, holder_id, serial, guid, state, expires_at, profile_name, is_management_key_known FROM new_rows) gone
      UNION ALL SELECT xid, 'card', id, NULL FROM (
        SELECT id, holder_id, serial, guid, state, expires_at, profile_name, is_management_key_known FROM new_rows
        EXCEPT SELECT id, holder_id, serial, guid, state, expires_at, profile_name, is_management_key_known FROM old_rows) come;
  END IF;
  IF found THEN INSERT INTO copy_transactions VALUES (xid) ON CONFLICT DO NOTHING; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION copy_touch_certificates() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE xid xid8 := pg_current_xact_id();
BEGIN
  IF tg_op = 'INSERT' THEN
    INSERT INTO copy_touched SELECT xid, 'certificate', serial_number, NULL FROM new_rows WHERE state <> 'held';
  ELSIF tg_op = 'DELETE' THEN
    INSERT INTO copy_touched SELECT xid, 'certificate', serial_number, card_id FROM old_rows WHERE state <> 'held';
  ELSE
    INSERT INTO copy_touched
      SELECT xid, 'certificate', serial_number, card_id FROM (
        SELECT serial_number, card_id, slot, not_after, state, revoked_at IS NULL FROM old_rows WHERE state <> 'held'
        EXCEPT SELECT serial_number, card_id, slot, not_after, state, revoked_at IS NULL FROM new_rows) gone
      UNION ALL SELECT xid, 'certificate', serial_number, NULL FROM (
        SELECT serial_number, card_id, slot, not_after, state, revoked_at IS NULL FROM new_rows WHERE state <> 'held'
        EXCEPT SELECT serial_number, card_id, slot, not_after, state, revoked_at IS NULL FROM old_rows) come;
  END IF;
  IF found THEN INSERT INTO copy_transactions VALUES (xid) ON CONFLICT DO NOTHING; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- A card says whether an operation of it is open.
CREATE FUNCTION copy_touch_operations() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE xid xid8 := pg_current_xact_id();
BEGIN
  IF tg_op = 'INSERT' THEN
    INSERT INTO copy_touched SELECT xid, 'card', card_id, NULL FROM new_rows WHERE state = 'open';
  ELSIF tg_op = 'DELETE' THEN
    INSERT INTO copy_touched SELECT xid, 'card', card_id, NULL FROM old_rows WHERE state = 'open';
  ELSE
    INSERT INTO copy_touched SELECT xid, 'card', card_id, NULL FROM (
        (SELECT card_id FROM old_rows WHERE state = 'open' EXCEPT SELECT card_id FROM new_rows WHERE state = 'open')
        UNION (SELECT card_id FROM new_rows WHERE state = 'open' EXCEPT SELECT card_id FROM old_rows WHERE state = 'open')
      ) changed;
  END IF;
  IF found THEN INSERT INTO copy_transactions VALUES (xid) ON CONFLICT DO NOTHING; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Profiles and reasons are in every scope; groups and scopes decide what is in which.
CREATE FUNCTION copy_touch_others() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE xid xid8 := pg_current_xact_id();
BEGIN
  IF tg_table_name = 'profiles' THEN
    IF tg_op IN ('INSERT', 'UPDATE') THEN INSERT INTO copy_touched SELECT DISTINCT xid, 'profile', name FROM new_rows; END IF;
    IF tg_op IN ('DELETE', 'UPDATE') THEN INSERT INTO copy_touched SELECT DISTINCT xid, 'profile', name FROM old_rows; END IF;
  ELSIF tg_table_name = 'reasons' THEN
    IF tg_op IN ('INSERT', 'UPDATE') THEN INSERT INTO copy_touched SELECT xid, 'reason', code FROM new_rows; END IF;
    IF tg_op IN ('DELETE', 'UPDATE') THEN INSERT INTO copy_touched SELECT xid, 'reason', code FROM old_rows; END IF;
  ELSIF tg_op = 'DELETE' THEN
    INSERT INTO copy_touched SELECT xid, 'tree', '' FROM old_rows LIMIT 1;
  ELSE
    INSERT INTO copy_touched SELECT xid, 'tree', '' FROM new_rows LIMIT 1;
  END IF;
  INSERT INTO copy_transactions SELECT xid WHERE EXISTS (SELECT FROM copy_touched WHERE txid = xid) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE name text; operation text; note text;
BEGIN
  FOREACH name IN ARRAY ARRAY['people', 'cards', 'certificates', 'operations', 'profiles', 'reasons', 'groups', 'copy_scopes'] LOOP
    note := CASE WHEN name IN ('people', 'cards', 'certificates', 'operations') THEN 'copy_touch_' || name ELSE 'copy_touch_others' END;
    FOREACH operation IN ARRAY ARRAY['insert', 'update', 'delete'] LOOP
      -- A scope is only ever made and removed: its head is moved by what is below.
      CONTINUE WHEN name = 'copy_scopes' AND operation = 'update';
      EXECUTE format('CREATE TRIGGER copy_%s AFTER %s ON %I REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION %s()',
        operation, operation, name,
        CASE operation WHEN 'insert' THEN 'NEW TABLE AS new_rows' WHEN 'delete' THEN 'OLD TABLE AS old_rows'
          ELSE 'OLD TABLE AS old_rows NEW TABLE AS new_rows' END, note);
    END LOOP;
  END LOOP;
END $$;
--> statement-breakpoint
-- Groups that a person was in before this transaction as far as it knows, and is in now.
CREATE FUNCTION copy_groups_of(xid xid8, person uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT group_id FROM people WHERE id = person
  UNION ALL SELECT before::uuid FROM copy_touched WHERE txid = xid AND kind = 'person' AND key = person::text AND before IS NOT NULL
$$;
--> statement-breakpoint
-- People who held a card before this transaction as far as it knows, and who holds it now.
CREATE FUNCTION copy_holders_of(xid xid8, card uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT holder_id FROM cards WHERE id = card
  UNION ALL SELECT before::uuid FROM copy_touched WHERE txid = xid AND kind = 'card' AND key = card::text AND before IS NOT NULL
$$;
--> statement-breakpoint
-- In which scopes each touched row is now. Profiles and reasons, gone or not, are in all.
CREATE FUNCTION copy_here(xid xid8) RETURNS TABLE (scope_id uuid, kind text, key text) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT g.scope_id, place.kind, place.key FROM (
    SELECT t.kind, t.key, p.group_id
      FROM copy_touched t JOIN people p ON p.id = t.key::uuid WHERE t.txid = xid AND t.kind = 'person'
    UNION ALL SELECT t.kind, t.key, p.group_id
      FROM copy_touched t JOIN cards c ON c.id = t.key::uuid JOIN people p ON p.id = c.holder_id
      WHERE t.txid = xid AND t.kind = 'card'
    UNION ALL SELECT t.kind, t.key, p.group_id
      FROM copy_touched t JOIN certificates s ON s.serial_number = t.key AND s.state <> 'held'
      JOIN cards c ON c.id = s.card_id JOIN people p ON p.id = c.holder_id
      WHERE t.txid = xid AND t.kind = 'certificate'
  ) place JOIN copy_scope_groups g ON g.group_id = place.group_id
  UNION ALL
  SELECT s.id, t.kind, t.key FROM (
    SELECT DISTINCT o.kind, o.key FROM copy_touched o WHERE o.txid = xid AND o.kind IN ('profile', 'reason')
  ) t CROSS JOIN copy_scopes s
$$;
--> statement-breakpoint
-- In which scopes each touched row may have been before, and is not now. `before` is followed at the end of the transaction, not
-- when it was noted: whoever moves is alone then, and everybody else has moved already or does so after us.
CREATE FUNCTION copy_gone(xid xid8) RETURNS TABLE (scope_id uuid, kind text, key text) LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT g.scope_id, place.kind, place.key FROM (
    SELECT t.kind, t.key, t.before::uuid AS group_id
      FROM copy_touched t WHERE t.txid = xid AND t.kind = 'person' AND t.before IS NOT NULL
    UNION ALL SELECT t.kind, t.key, b.group_id
      FROM copy_touched t CROSS JOIN LATERAL copy_groups_of(xid, t.before::uuid) b(group_id)
      WHERE t.txid = xid AND t.kind = 'card' AND t.before IS NOT NULL
    UNION ALL SELECT t.kind, t.key, b.group_id
      FROM copy_touched t CROSS JOIN LATERAL copy_holders_of(xid, t.before::uuid) h(id)
      CROSS JOIN LATERAL copy_groups_of(xid, h.id) b(group_id)
      WHERE t.txid = xid AND t.kind = 'certificate' AND t.before IS NOT NULL
  ) place JOIN copy_scope_groups g ON g.group_id = place.group_id
  EXCEPT SELECT h.scope_id, h.kind, h.key FROM copy_here(xid) h;
END $$;
--> statement-breakpoint
-- One row as kiosks see it; null when there is none.
CREATE FUNCTION copy_row(kind text, key text) RETURNS json LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF kind = 'card' THEN RETURN (SELECT row_to_json(c) FROM copy_cards c WHERE c.id = key::uuid);
  ELSIF kind = 'certificate' THEN RETURN (SELECT row_to_json(c) FROM copy_certificates c WHERE c."serialNumber" = key);
  ELSIF kind = 'person' THEN RETURN (SELECT row_to_json(p) FROM copy_people p WHERE p.id = key::uuid);
  ELSIF kind = 'profile' THEN RETURN (SELECT p.document FROM copy_profiles p WHERE p.name = key);
  ELSE RETURN (SELECT row_to_json(r) FROM copy_reasons r WHERE r.code = key);
  END IF;
END $$;
--> statement-breakpoint
-- The groups of each scope anew, those below the named ones included. A scope that is another set of groups than before gets
-- another epoch: its log says nothing of what came and went by that.
CREATE FUNCTION copy_regroup() RETURNS void LANGUAGE plpgsql AS $$
DECLARE changed uuid[];
BEGIN
  WITH RECURSIVE below AS (
    SELECT s.scope_id, s.group_id, true AS is_named FROM copy_scope_groups s JOIN groups g ON g.id = s.group_id WHERE s.is_named
    UNION SELECT b.scope_id, g.id, false FROM below b JOIN groups g ON g.parent_id = b.group_id
  ), wanted AS (
    SELECT scope_id, group_id, bool_or(is_named) AS is_named FROM below GROUP BY scope_id, group_id
  ), gone AS (
    DELETE FROM copy_scope_groups s
      WHERE NOT EXISTS (SELECT FROM wanted w WHERE w.scope_id = s.scope_id AND w.group_id = s.group_id) RETURNING s.scope_id
  ), come AS (
    INSERT INTO copy_scope_groups (scope_id, group_id, is_named) SELECT scope_id, group_id, is_named FROM wanted
      ON CONFLICT DO NOTHING RETURNING scope_id
  )
  SELECT array_agg(DISTINCT scope_id) INTO changed FROM (SELECT scope_id FROM gone UNION ALL SELECT scope_id FROM come) both_ways;
  UPDATE copy_scopes SET epoch = gen_random_uuid(), pruned_to = revision WHERE id = ANY (changed);
  UPDATE copy_scopes s SET name = named.name FROM (
      SELECT n.scope_id, string_agg(g.name, ',' ORDER BY g.name COLLATE "C") AS name
      FROM copy_scope_groups n JOIN groups g ON g.id = n.group_id WHERE n.is_named GROUP BY n.scope_id
    ) named WHERE named.scope_id = s.id AND named.name <> s.name;
  PERFORM pg_notify('copy', concat_ws(' ', id, epoch, revision)) FROM copy_scopes WHERE id = ANY (changed);
END $$;
--> statement-breakpoint
-- After a backup was put back: revisions are given out again that kiosks know already, so every copy is made anew.
CREATE FUNCTION copy_replace_epochs() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(1668247673);
  UPDATE copy_scopes SET epoch = gen_random_uuid(), pruned_to = revision;
  PERFORM pg_notify('copy', concat_ws(' ', id, epoch, revision)) FROM copy_scopes;
END $$;
--> statement-breakpoint
-- Who moves takes along what hangs on them: cards of a person, certificates of a card.
CREATE FUNCTION copy_take_along(xid xid8) RETURNS void LANGUAGE sql SET enable_seqscan = off AS $$
  INSERT INTO copy_touched SELECT xid, 'card', c.id, c.holder_id FROM cards c WHERE c.holder_id IN (
    SELECT t.key::uuid FROM copy_touched t JOIN people p ON p.id = t.key::uuid
    WHERE t.txid = xid AND t.kind = 'person' AND t.before::uuid <> p.group_id);
  INSERT INTO copy_touched SELECT xid, 'certificate', s.serial_number, s.card_id FROM certificates s
    WHERE s.state <> 'held' AND s.card_id IN (
      SELECT t.key::uuid FROM copy_touched t JOIN cards c ON c.id = t.key::uuid
      WHERE t.txid = xid AND t.kind = 'card' AND t.before IS NOT NULL AND (
        t.before::uuid <> c.holder_id OR EXISTS (
          SELECT FROM copy_touched m JOIN people p ON p.id = m.key::uuid
          WHERE m.txid = xid AND m.kind = 'person' AND m.key = t.before AND m.before::uuid <> p.group_id)));
$$;
--> statement-breakpoint
-- The end of a transaction, while it commits. First it waits for its place in the order: alone where it moves anything between
-- groups, else beside others, and in each of its scopes one after the other. Then, and not before, it looks at the rows: each
-- of these statements sees all that was committed until it got its place, hence READ COMMITTED only. All locks last until
-- others see the commit. Scopes are held in sorted order: no two transactions wait for each other.
-- Settings: a plan made for one row is kept, and has to be good for a million.
CREATE FUNCTION copy_publish() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS $$
DECLARE
  xid xid8 := pg_current_xact_id();
  kinds text[];
  is_tree boolean;
  is_move boolean;
  heads uuid[];
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'change what kiosks copy: the transaction is %, and has to be read committed',
      current_setting('transaction_isolation');
  END IF;
  SELECT array_agg(DISTINCT kind) FILTER (WHERE before IS NOT NULL), coalesce(bool_or(kind = 'tree'), false)
    INTO kinds, is_tree FROM copy_touched WHERE txid = xid;
  -- What is gone has moved as well.
  is_move := CASE WHEN 'person' = ANY (kinds) THEN EXISTS (
      SELECT FROM copy_touched t LEFT JOIN people p ON p.id = t.key::uuid
      WHERE t.txid = xid AND t.kind = 'person' AND t.before IS NOT NULL AND t.before::uuid IS DISTINCT FROM p.group_id)
    ELSE false END;
  IF NOT is_move AND 'card' = ANY (kinds) THEN
    is_move := EXISTS (SELECT FROM copy_touched t LEFT JOIN cards c ON c.id = t.key::uuid
      WHERE t.txid = xid AND t.kind = 'card' AND t.before IS NOT NULL AND t.before::uuid IS DISTINCT FROM c.holder_id);
  END IF;
  IF NOT is_move AND 'certificate' = ANY (kinds) THEN
    is_move := EXISTS (SELECT FROM copy_touched t LEFT JOIN certificates s ON s.serial_number = t.key AND s.state <> 'held'
      WHERE t.txid = xid AND t.kind = 'certificate' AND t.before IS NOT NULL AND t.before::uuid IS DISTINCT FROM s.card_id);
  END IF;
  DELETE FROM copy_transactions WHERE txid = xid;
  IF is_tree OR is_move THEN PERFORM pg_advisory_xact_lock(1668247673);
  ELSE PERFORM pg_advisory_xact_lock_shared(1668247673);
  END IF;
  IF is_tree THEN PERFORM copy_regroup(); END IF;
  IF is_move THEN PERFORM copy_take_along(xid); END IF;
  SELECT array_agg(DISTINCT scope_id) INTO heads FROM (
    SELECT scope_id FROM copy_here(xid) UNION ALL SELECT scope_id FROM copy_gone(xid) WHERE is_move) places;
  IF heads IS NOT NULL THEN
    PERFORM FROM copy_scopes WHERE id = ANY (heads) ORDER BY id FOR UPDATE;
    WITH added AS (
      INSERT INTO copy_log (scope_id, revision, transaction_end, kind, key, row, at)
        SELECT s.id, s.revision + r.n, s.revision + r.total, r.kind, r.key,
          CASE WHEN r.is_here THEN copy_row(r.kind, r.key) END, clock_timestamp()
        FROM (
          SELECT *, count(*) OVER (PARTITION BY scope_id) AS total, row_number() OVER (PARTITION BY scope_id
            ORDER BY array_position(ARRAY['profile', 'reason', 'person', 'card', 'certificate'], kind), key COLLATE "C") AS n
          FROM (
            SELECT *, true AS is_here FROM copy_here(xid) UNION ALL SELECT *, false FROM copy_gone(xid) WHERE is_move
          ) places
        ) r JOIN copy_scopes s ON s.id = r.scope_id
        RETURNING scope_id, transaction_end
    )
    UPDATE copy_scopes s SET revision = a.revision FROM (
        SELECT scope_id, max(transaction_end) AS revision FROM added GROUP BY scope_id
      ) a WHERE s.id = a.scope_id;
    PERFORM pg_notify('copy', concat_ws(' ', id, epoch, revision)) FROM copy_scopes WHERE id = ANY (heads);
  END IF;
  DELETE FROM copy_touched WHERE txid = xid;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER copy_publish AFTER INSERT ON copy_transactions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION copy_publish();
