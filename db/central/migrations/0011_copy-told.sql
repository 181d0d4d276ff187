DROP TABLE "copy_head" CASCADE;--> statement-breakpoint
ALTER TABLE "copy_scopes" ADD COLUMN "told_at" timestamp with time zone;
--> statement-breakpoint
-- As before, but that a scope's head is notified once a second at most: PostgreSQL commits transactions that notify one after the
-- other, in the whole cluster. Whoever hears one looks at the heads often for a while.
CREATE OR REPLACE FUNCTION copy_publish() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS $$
DECLARE
  xid xid8 := pg_current_xact_id();
  kinds text[];
  is_tree boolean;
  is_move boolean;
  heads uuid[];
  now_at timestamptz;
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
    now_at := clock_timestamp();
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
    UPDATE copy_scopes s SET revision = a.revision,
        told_at = CASE WHEN s.told_at > now_at - interval '1 second' THEN s.told_at ELSE now_at END FROM (
        SELECT scope_id, max(transaction_end) AS revision FROM added GROUP BY scope_id
      ) a WHERE s.id = a.scope_id;
    PERFORM pg_notify('copy', concat_ws(' ', id, epoch, revision)) FROM copy_scopes
      WHERE id = ANY (heads) AND told_at = now_at;
  END IF;
  DELETE FROM copy_touched WHERE txid = xid;
  RETURN NULL;
END $$;
