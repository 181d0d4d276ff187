ALTER TABLE "requests" ADD COLUMN "new_card_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "locator" text;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_new_card_id_cards_id_fk" FOREIGN KEY ("new_card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "requests_new_card" ON "requests" USING btree ("new_card_id");--> statement-breakpoint
CREATE UNIQUE INDEX "requests_locator" ON "requests" USING btree ("locator") WHERE ended_at is null;
--> statement-breakpoint
-- Of a card that was never issued kiosks have nothing to know, until there is a chip that they may meet.
CREATE OR REPLACE VIEW copy_cards AS SELECT id, serial, guid, holder_id AS "holderId", state, copy_instant(expires_at) AS "expiresAt",
  profile_name AS "profileName",
  EXISTS (SELECT FROM operations o WHERE o.card_id = cards.id AND o.state = 'open') AS "hasOpenOperation",
  is_management_key_known AS "isManagementKeyKnown" FROM cards WHERE state <> 'planned' OR serial IS NOT NULL;
