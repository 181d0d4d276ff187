-- Kiosks search their copy: by mail and login of a person, by the label of a card. New columns come last. Rows that are in the log
-- already lack them: nobody who reads them has room for them, since such a kiosk begins with a snapshot that is made from now on.
CREATE OR REPLACE VIEW copy_people AS SELECT id, display_name AS "displayName", state, copy_instant(approved_until) AS "approvedUntil",
  mail, login FROM people;
--> statement-breakpoint
CREATE OR REPLACE VIEW copy_cards AS SELECT id, serial, guid, holder_id AS "holderId", state, copy_instant(expires_at) AS "expiresAt",
  profile_name AS "profileName",
  EXISTS (SELECT FROM operations o WHERE o.card_id = cards.id AND o.state = 'open') AS "hasOpenOperation",
  is_management_key_known AS "isManagementKeyKnown", label FROM cards WHERE state <> 'planned' OR serial IS NOT NULL;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION copy_touch_people() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE xid xid8 := pg_current_xact_id();
BEGIN
  IF tg_op = 'INSERT' THEN
    INSERT INTO copy_touched SELECT xid, 'person', id, NULL FROM new_rows;
  ELSIF tg_op = 'DELETE' THEN
    INSERT INTO copy_touched SELECT xid, 'person', id, group_id FROM old_rows;
  ELSE
    INSERT INTO copy_touched
      SELECT xid, 'person', id, group_id FROM (
        SELECT id, group_id, display_name, state, approved_until, mail, login FROM old_rows
        EXCEPT SELECT id, group_id, display_name, state, approved_until, mail, login FROM new_rows) gone
      UNION ALL SELECT xid, 'person', id, NULL FROM (
        SELECT id, group_id, display_name, state, approved_until, mail, login FROM new_rows
        EXCEPT SELECT id, group_id, display_name, state, approved_until, mail, login FROM old_rows) come;
  END IF;
  IF found THEN INSERT INTO copy_transactions VALUES (xid) ON CONFLICT DO NOTHING; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION copy_touch_cards() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE xid xid8 := pg_current_xact_id();
BEGIN
  IF tg_op = 'INSERT' THEN
    INSERT INTO copy_touched SELECT xid, 'card', id, NULL FROM new_rows;
  ELSIF tg_op = 'DELETE' THEN
    INSERT INTO copy_touched SELECT xid, 'card', id, holder_id FROM old_rows;
  ELSE
    INSERT INTO copy_touched
      SELECT xid, 'card', id, holder_id FROM (
        SELECT id, holder_id, serial, guid, state, expires_at, profile_name, is_management_key_known, label FROM old_rows
        EXCEPT SELECT id, holder_id, serial, guid, state, expires_at, profile_name, is_management_key_known, label FROM new_rows) gone
      UNION ALL SELECT xid, 'card', id, NULL FROM (
        SELECT id, holder_id, serial, guid, state, expires_at, profile_name, is_management_key_known, label FROM new_rows
        EXCEPT SELECT id, holder_id, serial, guid, state, expires_at, profile_name, is_management_key_known, label FROM old_rows) come;
  END IF;
  IF found THEN INSERT INTO copy_transactions VALUES (xid) ON CONFLICT DO NOTHING; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- A function that is replaced loses its settings (migration `copy-not-behind`).
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION copy_touch_people() SET search_path = %I, pg_temp', current_schema());
  EXECUTE format('ALTER FUNCTION copy_touch_cards() SET search_path = %I, pg_temp', current_schema());
END $$;
