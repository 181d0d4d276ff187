-- TRUNCATE would empty a table behind the triggers: kiosks would keep for ever what was in it.
CREATE FUNCTION copy_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'truncate %: kiosks would not hear of it; use DELETE', tg_table_name;
END $$;
--> statement-breakpoint
DO $$
DECLARE name text; note regprocedure;
BEGIN
  FOREACH name IN ARRAY ARRAY['people', 'cards', 'certificates', 'operations', 'profiles', 'reasons', 'groups', 'copy_scopes',
    'copy_scope_groups', 'copy_log'] LOOP
    EXECUTE format('CREATE TRIGGER copy_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION copy_refuse_truncate()', name);
  END LOOP;
  -- A temporary table of one of these names, in the session of whoever changes something, is none of what kiosks see.
  FOR note IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = current_schema() AND p.proname LIKE 'copy\_%' AND p.prorettype = 'trigger'::regtype LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', note, current_schema());
  END LOOP;
END $$;
