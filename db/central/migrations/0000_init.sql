CREATE TABLE "audit" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"entry" text NOT NULL,
	"previous_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"id" uuid PRIMARY KEY NOT NULL,
	"label" text,
	"serial" text,
	"guid" uuid NOT NULL,
	"fasc_n" "bytea" NOT NULL,
	"cardholder_uuid" uuid,
	"chuid_expiry" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"holder_id" uuid NOT NULL,
	"state" text NOT NULL,
	"profile_name" text NOT NULL,
	"profile_revision" integer NOT NULL,
	"management_key_version" integer NOT NULL,
	"management_key_algorithm" text NOT NULL,
	"can_change_management_key" boolean,
	"puk_version" integer NOT NULL,
	CONSTRAINT "cards_label_unique" UNIQUE("label"),
	CONSTRAINT "cards_serial_unique" UNIQUE("serial"),
	CONSTRAINT "cards_guid_unique" UNIQUE("guid")
);
--> statement-breakpoint
CREATE TABLE "certificates" (
	"serial_number" text PRIMARY KEY NOT NULL,
	"card_id" uuid NOT NULL,
	"slot" text NOT NULL,
	"der" "bytea" NOT NULL,
	"public_key" "bytea" NOT NULL,
	"subject" text NOT NULL,
	"common_name" text NOT NULL,
	"mail" text NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"not_after" timestamp (3) with time zone NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"is_on_card" boolean NOT NULL,
	"operation_id" uuid,
	"revoked_at" timestamp (3) with time zone,
	"crl_reason" text,
	"is_on_crl_only" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "copy_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"revision" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kiosk_events" (
	"kiosk_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"type" text NOT NULL,
	"card_id" uuid,
	"operation_id" uuid,
	"detail" jsonb NOT NULL,
	CONSTRAINT "kiosk_events_kiosk_id_n_pk" PRIMARY KEY("kiosk_id","n")
);
--> statement-breakpoint
CREATE TABLE "kiosks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "kiosks_name_unique" UNIQUE("name"),
	CONSTRAINT "kiosks_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"login" text,
	"display_name" text NOT NULL,
	"mail" text NOT NULL,
	"user_principal_name" text NOT NULL,
	"state" text NOT NULL,
	"approved_until" timestamp (3) with time zone,
	"photo" "bytea",
	CONSTRAINT "people_login_unique" UNIQUE("login")
);
--> statement-breakpoint
CREATE TABLE "profiles" (
	"name" text NOT NULL,
	"revision" integer NOT NULL,
	"document" text NOT NULL,
	"parsed" jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "profiles_name_revision_pk" PRIMARY KEY("name","revision")
);
--> statement-breakpoint
CREATE TABLE "reasons" (
	"code" text PRIMARY KEY NOT NULL,
	"titles" jsonb NOT NULL,
	"old_certificates" text NOT NULL,
	"old_encryption_certificate" text NOT NULL,
	"encryption_key" text NOT NULL,
	"crl_reason" text,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revocation_lists" (
	"name" text PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"der" "bytea",
	"next_update" timestamp (3) with time zone,
	"is_stale" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "management_key_exchanges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"operation_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"algorithm" text NOT NULL,
	"challenge" "bytea" NOT NULL,
	"is_authenticated" boolean,
	"started_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operation_keys" (
	"operation_id" uuid NOT NULL,
	"slot" text NOT NULL,
	"position" integer NOT NULL,
	"algorithm" text NOT NULL,
	"source" text NOT NULL,
	"moved_from" text,
	"lifetime_days" integer NOT NULL,
	"public_key" "bytea",
	"certificate" text,
	"attestation" "bytea",
	"challenge_kind" text,
	"challenge_value" "bytea",
	"challenge_answer_hash" "bytea",
	CONSTRAINT "operation_keys_operation_id_slot_pk" PRIMARY KEY("operation_id","slot")
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"card_id" uuid NOT NULL,
	"kiosk_id" uuid NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"profile_name" text NOT NULL,
	"profile_revision" integer NOT NULL,
	"image" jsonb NOT NULL,
	"nonce" "bytea" NOT NULL,
	"recipient_key" "bytea" NOT NULL,
	"accepts_key_loss" boolean NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"refused_with" text,
	"result" jsonb
);
--> statement-breakpoint
CREATE TABLE "proofs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"card_id" uuid NOT NULL,
	"kiosk_id" uuid NOT NULL,
	"challenge" "bytea" NOT NULL,
	"state" text NOT NULL,
	"slot" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"operation_id" uuid
);
--> statement-breakpoint
CREATE TABLE "secret_intents" (
	"operation_id" uuid NOT NULL,
	"secret" text NOT NULL,
	"version" integer NOT NULL,
	"state" text NOT NULL,
	"intended_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "secret_intents_operation_id_secret_pk" PRIMARY KEY("operation_id","secret")
);
--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_holder_id_people_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificates" ADD CONSTRAINT "certificates_card_id_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kiosk_events" ADD CONSTRAINT "kiosk_events_kiosk_id_kiosks_id_fk" FOREIGN KEY ("kiosk_id") REFERENCES "public"."kiosks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "management_key_exchanges" ADD CONSTRAINT "management_key_exchanges_operation_id_operations_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation_keys" ADD CONSTRAINT "operation_keys_operation_id_operations_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation_keys" ADD CONSTRAINT "operation_keys_certificate_certificates_serial_number_fk" FOREIGN KEY ("certificate") REFERENCES "public"."certificates"("serial_number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_card_id_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_kiosk_id_kiosks_id_fk" FOREIGN KEY ("kiosk_id") REFERENCES "public"."kiosks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proofs" ADD CONSTRAINT "proofs_card_id_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proofs" ADD CONSTRAINT "proofs_kiosk_id_kiosks_id_fk" FOREIGN KEY ("kiosk_id") REFERENCES "public"."kiosks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_intents" ADD CONSTRAINT "secret_intents_operation_id_operations_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cards_holder" ON "cards" USING btree ("holder_id");--> statement-breakpoint
CREATE INDEX "certificates_card" ON "certificates" USING btree ("card_id");--> statement-breakpoint
CREATE INDEX "certificates_public_key" ON "certificates" USING hash ("public_key");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_on_card" ON "certificates" USING btree ("card_id","slot") WHERE is_on_card;--> statement-breakpoint
CREATE INDEX "management_key_exchanges_operation" ON "management_key_exchanges" USING btree ("operation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "operations_one_open" ON "operations" USING btree ("card_id") WHERE state = 'open';