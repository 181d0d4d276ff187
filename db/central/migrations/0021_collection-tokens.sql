CREATE TABLE "collection_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"given_to_id" uuid,
	"given_to" text NOT NULL,
	"kiosk_id" uuid,
	"card_id" uuid,
	"given_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"run" "bytea",
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "collection_tokens_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "soft_collections" ALTER COLUMN "kiosk_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "soft_collections" ADD COLUMN "token_id" uuid;--> statement-breakpoint
ALTER TABLE "collection_tokens" ADD CONSTRAINT "collection_tokens_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_tokens" ADD CONSTRAINT "collection_tokens_given_to_id_people_id_fk" FOREIGN KEY ("given_to_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_tokens" ADD CONSTRAINT "collection_tokens_kiosk_id_kiosks_id_fk" FOREIGN KEY ("kiosk_id") REFERENCES "public"."kiosks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_tokens" ADD CONSTRAINT "collection_tokens_card_id_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "collection_tokens_request" ON "collection_tokens" USING btree ("request_id","given_at");--> statement-breakpoint
ALTER TABLE "soft_collections" ADD CONSTRAINT "soft_collections_token_id_collection_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."collection_tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "soft_collections" ADD CONSTRAINT "soft_collections_where" CHECK (num_nonnulls(kiosk_id, token_id) = 1);