CREATE TABLE "kiosk_event_shares" (
	"kiosk_id" uuid PRIMARY KEY NOT NULL,
	"bytes_left" bigint NOT NULL,
	"counted_at" timestamp (3) with time zone NOT NULL,
	"exceeded_since" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "kiosk_event_shares" ADD CONSTRAINT "kiosk_event_shares_kiosk_id_kiosks_id_fk" FOREIGN KEY ("kiosk_id") REFERENCES "public"."kiosks"("id") ON DELETE no action ON UPDATE no action;