CREATE TABLE "archived_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"algorithm" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"operation_id" uuid,
	CONSTRAINT "archived_keys_public_key_unique" UNIQUE("public_key")
);
--> statement-breakpoint
CREATE TABLE "key_releases" (
	"operation_id" uuid NOT NULL,
	"run" "bytea" NOT NULL,
	"archived_key_id" uuid NOT NULL,
	"certificate" text NOT NULL,
	"released_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "key_releases_operation_id_run_archived_key_id_pk" PRIMARY KEY("operation_id","run","archived_key_id")
);
--> statement-breakpoint
ALTER TABLE "archived_keys" ADD CONSTRAINT "archived_keys_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_releases" ADD CONSTRAINT "key_releases_operation_id_operations_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_releases" ADD CONSTRAINT "key_releases_archived_key_id_archived_keys_id_fk" FOREIGN KEY ("archived_key_id") REFERENCES "public"."archived_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_releases" ADD CONSTRAINT "key_releases_certificate_certificates_serial_number_fk" FOREIGN KEY ("certificate") REFERENCES "public"."certificates"("serial_number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "archived_keys_owner" ON "archived_keys" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "key_releases_key" ON "key_releases" USING btree ("archived_key_id");