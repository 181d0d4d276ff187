CREATE TABLE "card_secrets" (
	"card_id" uuid NOT NULL,
	"secret" text NOT NULL,
	"version" integer NOT NULL,
	"master_key" integer,
	"sealed" "bytea",
	CONSTRAINT "card_secrets_card_id_secret_version_pk" PRIMARY KEY("card_id","secret","version")
);
--> statement-breakpoint
CREATE TABLE "kiosk_certificates" (
	"serial_number" text PRIMARY KEY NOT NULL,
	"kiosk_id" uuid NOT NULL,
	"public_key" "bytea" NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"not_after" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "operators" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"group_id" uuid NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"added_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"parent_id" uuid,
	CONSTRAINT "groups_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "copy_log" (
	"scope_id" uuid NOT NULL,
	"revision" bigint NOT NULL,
	"transaction_end" bigint NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"row" json,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "copy_log_scope_id_revision_pk" PRIMARY KEY("scope_id","revision")
);
--> statement-breakpoint
CREATE TABLE "copy_scope_groups" (
	"scope_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"is_named" boolean NOT NULL,
	CONSTRAINT "copy_scope_groups_scope_id_group_id_pk" PRIMARY KEY("scope_id","group_id")
);
--> statement-breakpoint
CREATE TABLE "copy_scopes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"epoch" uuid NOT NULL,
	"revision" bigint NOT NULL,
	"pruned_to" bigint NOT NULL,
	CONSTRAINT "copy_scopes_name_unique" UNIQUE("name")
);
--> statement-breakpoint
INSERT INTO "groups" ("id", "name", "parent_id") VALUES ('00000000-0000-7000-8000-000000000001', 'all', NULL);--> statement-breakpoint
ALTER TABLE "kiosks" ALTER COLUMN "token_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "kiosks" ADD COLUMN "scope_id" uuid;--> statement-breakpoint
ALTER TABLE "kiosks" ADD COLUMN "token_expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "kiosks" ADD COLUMN "enrolled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "kiosks" ADD COLUMN "revoked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "kiosks" ADD COLUMN "last_seen_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "kiosks" ADD COLUMN "health" jsonb;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "group_id" uuid DEFAULT '00000000-0000-7000-8000-000000000001' NOT NULL;--> statement-breakpoint
ALTER TABLE "card_secrets" ADD CONSTRAINT "card_secrets_card_id_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kiosk_certificates" ADD CONSTRAINT "kiosk_certificates_kiosk_id_kiosks_id_fk" FOREIGN KEY ("kiosk_id") REFERENCES "public"."kiosks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operators" ADD CONSTRAINT "operators_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operators" ADD CONSTRAINT "operators_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_parent_id_groups_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "copy_log" ADD CONSTRAINT "copy_log_scope_id_copy_scopes_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."copy_scopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "copy_scope_groups" ADD CONSTRAINT "copy_scope_groups_scope_id_copy_scopes_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."copy_scopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "copy_scope_groups" ADD CONSTRAINT "copy_scope_groups_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "kiosk_certificates_kiosk" ON "kiosk_certificates" USING btree ("kiosk_id");--> statement-breakpoint
CREATE INDEX "copy_log_at" ON "copy_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "copy_scope_groups_group" ON "copy_scope_groups" USING btree ("group_id");--> statement-breakpoint
ALTER TABLE "kiosks" ADD CONSTRAINT "kiosks_scope_id_copy_scopes_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."copy_scopes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "people_group" ON "people" USING btree ("group_id");