CREATE TABLE "operator_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"operator_id" uuid NOT NULL,
	"kiosk_id" uuid NOT NULL,
	"card_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "operator_sessions_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "recovered_certificates" (
	"card_id" uuid NOT NULL,
	"slot" text NOT NULL,
	"certificate" text NOT NULL,
	CONSTRAINT "recovered_certificates_card_id_slot_pk" PRIMARY KEY("card_id","slot"),
	CONSTRAINT "recovered_certificates_once" UNIQUE("card_id","certificate")
);
--> statement-breakpoint
CREATE TABLE "request_certificates" (
	"request_id" uuid NOT NULL,
	"certificate" text NOT NULL,
	"position" integer NOT NULL,
	"was_on_card" boolean NOT NULL,
	"is_wanted" boolean NOT NULL,
	CONSTRAINT "request_certificates_request_id_certificate_pk" PRIMARY KEY("request_id","certificate")
);
--> statement-breakpoint
CREATE TABLE "request_verdicts" (
	"request_id" uuid NOT NULL,
	"operator_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"note" text,
	"given_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "request_verdicts_request_id_operator_id_pk" PRIMARY KEY("request_id","operator_id")
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"card_id" uuid,
	"profile_name" text NOT NULL,
	"reason" text,
	"requested_by_id" uuid,
	"requested_by" text NOT NULL,
	"note" text,
	"approvals_wanted" integer NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"operation_id" uuid
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"facts" jsonb NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"given_up_with" text
);
--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "kind" text DEFAULT 'reprovision' NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "request_id" uuid;--> statement-breakpoint
ALTER TABLE "operator_sessions" ADD CONSTRAINT "operator_sessions_operator_id_people_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_sessions" ADD CONSTRAINT "operator_sessions_kiosk_id_kiosks_id_fk" FOREIGN KEY ("kiosk_id") REFERENCES "public"."kiosks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_sessions" ADD CONSTRAINT "operator_sessions_card_id_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovered_certificates" ADD CONSTRAINT "recovered_certificates_card_id_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovered_certificates" ADD CONSTRAINT "recovered_certificates_certificate_certificates_serial_number_fk" FOREIGN KEY ("certificate") REFERENCES "public"."certificates"("serial_number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_certificates" ADD CONSTRAINT "request_certificates_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_certificates" ADD CONSTRAINT "request_certificates_certificate_certificates_serial_number_fk" FOREIGN KEY ("certificate") REFERENCES "public"."certificates"("serial_number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_verdicts" ADD CONSTRAINT "request_verdicts_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_verdicts" ADD CONSTRAINT "request_verdicts_operator_id_people_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_card_id_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_requested_by_id_people_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "operator_sessions_operator" ON "operator_sessions" USING btree ("operator_id");--> statement-breakpoint
CREATE INDEX "recovered_certificates_certificate" ON "recovered_certificates" USING btree ("certificate");--> statement-breakpoint
CREATE INDEX "requests_owner" ON "requests" USING btree ("owner_id","state");--> statement-breakpoint
CREATE INDEX "requests_card" ON "requests" USING btree ("card_id","state");--> statement-breakpoint
CREATE INDEX "requests_state" ON "requests" USING btree ("state","requested_at");--> statement-breakpoint
CREATE INDEX "requests_operation" ON "requests" USING btree ("operation_id");--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("due_at") WHERE sent_at is null and given_up_with is null;--> statement-breakpoint
CREATE INDEX "mails_person" ON "mails" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;