ALTER TABLE "kiosk_events" ALTER COLUMN "body" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "kiosk_events" ADD COLUMN "health_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "kiosk_events_health" ON "kiosk_events" USING btree ("health_at") WHERE health_at is not null and body is not null;