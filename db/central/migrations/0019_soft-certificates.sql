CREATE TABLE "soft_collections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"kiosk_id" uuid NOT NULL,
	"card_id" uuid,
	"run" "bytea" NOT NULL,
	"state" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"file_name" text,
	"sha256" "bytea",
	"medium" text,
	CONSTRAINT "soft_collections_attempt" UNIQUE("request_id","attempt"),
	CONSTRAINT "soft_collections_run" UNIQUE("request_id","run")
);
--> statement-breakpoint
CREATE TABLE "soft_releases" (
	"collection_id" uuid NOT NULL,
	"certificate" text NOT NULL,
	"archived_key_id" uuid NOT NULL,
	"released_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "soft_releases_collection_id_certificate_pk" PRIMARY KEY("collection_id","certificate")
);
--> statement-breakpoint
ALTER TABLE "soft_collections" ADD CONSTRAINT "soft_collections_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "soft_collections" ADD CONSTRAINT "soft_collections_kiosk_id_kiosks_id_fk" FOREIGN KEY ("kiosk_id") REFERENCES "public"."kiosks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "soft_collections" ADD CONSTRAINT "soft_collections_card_id_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "soft_releases" ADD CONSTRAINT "soft_releases_collection_id_soft_collections_id_fk" FOREIGN KEY ("collection_id") REFERENCES "public"."soft_collections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "soft_releases" ADD CONSTRAINT "soft_releases_certificate_certificates_serial_number_fk" FOREIGN KEY ("certificate") REFERENCES "public"."certificates"("serial_number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "soft_releases" ADD CONSTRAINT "soft_releases_archived_key_id_archived_keys_id_fk" FOREIGN KEY ("archived_key_id") REFERENCES "public"."archived_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "soft_collections_state" ON "soft_collections" USING btree ("state","opened_at");--> statement-breakpoint
CREATE INDEX "soft_releases_key" ON "soft_releases" USING btree ("archived_key_id");