ALTER TABLE "cards" ADD COLUMN "state_reason" text;--> statement-breakpoint
ALTER TABLE "certificates" ADD COLUMN "is_held_with_card" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "reasons" ADD COLUMN "operations" text[] DEFAULT '{"reprovision"}' NOT NULL;--> statement-breakpoint
ALTER TABLE "reasons" ADD COLUMN "chosen_by" text[] DEFAULT '{"cardholder","helpdesk","administrator"}' NOT NULL;
--> statement-breakpoint
-- Kiosks have what a card may be rewritten for, as before: they would offer whatever else there is.
CREATE OR REPLACE VIEW copy_reasons AS SELECT code, titles, old_certificates AS "oldCertificates",
  old_encryption_certificate AS "oldEncryptionCertificate", encryption_key AS "encryptionKey", crl_reason AS "crlReason",
  position FROM reasons WHERE 'reprovision' = ANY (operations);
--> statement-breakpoint
-- As before, but that a reason which kiosks neither had nor get is none of their business.
CREATE OR REPLACE FUNCTION copy_touch_others() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE xid xid8 := pg_current_xact_id();
BEGIN
  IF tg_table_name = 'profiles' THEN
    IF tg_op IN ('INSERT', 'UPDATE') THEN INSERT INTO copy_touched SELECT DISTINCT xid, 'profile', name FROM new_rows; END IF;
    IF tg_op IN ('DELETE', 'UPDATE') THEN INSERT INTO copy_touched SELECT DISTINCT xid, 'profile', name FROM old_rows; END IF;
  ELSIF tg_table_name = 'reasons' THEN
    IF tg_op IN ('INSERT', 'UPDATE') THEN
      INSERT INTO copy_touched SELECT xid, 'reason', code FROM new_rows WHERE 'reprovision' = ANY (operations);
    END IF;
    IF tg_op IN ('DELETE', 'UPDATE') THEN
      INSERT INTO copy_touched SELECT xid, 'reason', code FROM old_rows WHERE 'reprovision' = ANY (operations);
    END IF;
  ELSIF tg_op = 'DELETE' THEN
    INSERT INTO copy_touched SELECT xid, 'tree', '' FROM old_rows LIMIT 1;
  ELSE
    INSERT INTO copy_touched SELECT xid, 'tree', '' FROM new_rows LIMIT 1;
  END IF;
  INSERT INTO copy_transactions SELECT xid WHERE EXISTS (SELECT FROM copy_touched WHERE txid = xid) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- A function that is replaced loses its settings (migration `copy-not-behind`).
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION copy_touch_others() SET search_path = %I, pg_temp', current_schema());
END $$;
