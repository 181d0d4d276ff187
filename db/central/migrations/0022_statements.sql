CREATE TABLE "statements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"kiosk_id" uuid NOT NULL,
	"signer_id" uuid NOT NULL,
	"signer_card_id" uuid NOT NULL,
	"action" jsonb NOT NULL,
	"challenge" "bytea" NOT NULL,
	"state" text NOT NULL,
	"slot" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_for" uuid
);
--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "operator_id" uuid;--> statement-breakpoint
ALTER TABLE "proofs" ADD COLUMN "vouched_by_id" uuid;--> statement-breakpoint
ALTER TABLE "proofs" ADD COLUMN "signer_card_id" uuid;--> statement-breakpoint
ALTER TABLE "proofs" ADD COLUMN "statement_id" uuid;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "sealed_code" "bytea";--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_session_id_operator_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."operator_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_kiosk_id_kiosks_id_fk" FOREIGN KEY ("kiosk_id") REFERENCES "public"."kiosks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_signer_id_people_id_fk" FOREIGN KEY ("signer_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_signer_card_id_cards_id_fk" FOREIGN KEY ("signer_card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "statements_expiry" ON "statements" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_operator_id_people_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proofs" ADD CONSTRAINT "proofs_vouched_by_id_people_id_fk" FOREIGN KEY ("vouched_by_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proofs" ADD CONSTRAINT "proofs_signer_card_id_cards_id_fk" FOREIGN KEY ("signer_card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;