CREATE TABLE "card_master_keys" (
	"number" integer PRIMARY KEY NOT NULL,
	"check_value" "bytea" NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "is_management_key_known" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "is_puk_known" boolean DEFAULT true NOT NULL;