CREATE TABLE "kiosk_chains" (
	"kiosk_id" uuid NOT NULL,
	"chain_id" uuid NOT NULL,
	"acknowledged" integer NOT NULL,
	"hash" "bytea",
	"signature" "bytea",
	"started_at" timestamp (3) with time zone NOT NULL,
	"anchored_at" timestamp (3) with time zone,
	"refused" text,
	CONSTRAINT "kiosk_chains_kiosk_id_chain_id_pk" PRIMARY KEY("kiosk_id","chain_id")
);
--> statement-breakpoint
ALTER TABLE "kiosk_chains" ADD CONSTRAINT "kiosk_chains_kiosk_id_kiosks_id_fk" FOREIGN KEY ("kiosk_id") REFERENCES "public"."kiosks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
INSERT INTO "kiosk_chains" ("kiosk_id", "chain_id", "acknowledged", "started_at")
	SELECT k."id", '00000000-0000-0000-0000-000000000000', greatest(k."acknowledged", max(e."n")), min(e."at")
	FROM "kiosks" k JOIN "kiosk_events" e ON e."kiosk_id" = k."id" GROUP BY k."id";--> statement-breakpoint
ALTER TABLE "kiosk_events" DROP CONSTRAINT "kiosk_events_kiosk_id_n_pk";--> statement-breakpoint
ALTER TABLE "kiosk_events" ADD COLUMN "chain_id" uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';--> statement-breakpoint
ALTER TABLE "kiosk_events" ALTER COLUMN "chain_id" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "kiosk_events" ADD CONSTRAINT "kiosk_events_kiosk_id_chain_id_n_pk" PRIMARY KEY("kiosk_id","chain_id","n");--> statement-breakpoint
ALTER TABLE "kiosk_events" ADD COLUMN "body" text;--> statement-breakpoint
UPDATE "kiosk_events" SET "body" = json_build_object(
	'chain', "chain_id", 'n', "n",
	'at', to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
	'type', "type", 'cardId', "card_id", 'operationId', "operation_id", 'detail', "detail")::text;--> statement-breakpoint
ALTER TABLE "kiosk_events" ALTER COLUMN "body" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "kiosk_events" ADD COLUMN "hash" "bytea";--> statement-breakpoint
ALTER TABLE "kiosk_events" ADD COLUMN "signature" "bytea";--> statement-breakpoint
ALTER TABLE "kiosk_events" ADD COLUMN "certificate_serial" text;--> statement-breakpoint
ALTER TABLE "kiosk_events" DROP COLUMN "at";--> statement-breakpoint
ALTER TABLE "kiosk_events" DROP COLUMN "type";--> statement-breakpoint
ALTER TABLE "kiosk_events" DROP COLUMN "card_id";--> statement-breakpoint
ALTER TABLE "kiosk_events" DROP COLUMN "operation_id";--> statement-breakpoint
ALTER TABLE "kiosk_events" DROP COLUMN "detail";--> statement-breakpoint
ALTER TABLE "kiosks" DROP COLUMN "acknowledged";--> statement-breakpoint
ALTER TABLE "audit_head" ALTER COLUMN "mac" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_head" ADD COLUMN "signature" "bytea";
