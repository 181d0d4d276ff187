CREATE TABLE "codes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"card_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"given_by" text NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"wrong_tries" integer NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"next_try_at" timestamp (3) with time zone,
	"operation_id" uuid
);
--> statement-breakpoint
CREATE TABLE "refused_puks" (
	"card_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"refused_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "refused_puks_card_id_version_pk" PRIMARY KEY("card_id","version")
);
--> statement-breakpoint
ALTER TABLE "proofs" ALTER COLUMN "challenge" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "proof_kind" text DEFAULT 'card' NOT NULL;--> statement-breakpoint
ALTER TABLE "proofs" ADD COLUMN "kind" text DEFAULT 'card' NOT NULL;--> statement-breakpoint
ALTER TABLE "proofs" ADD COLUMN "code_id" uuid;--> statement-breakpoint
ALTER TABLE "codes" ADD CONSTRAINT "codes_card_id_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "codes" ADD CONSTRAINT "codes_operation_id_operations_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refused_puks" ADD CONSTRAINT "refused_puks_card_id_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."cards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "codes_card" ON "codes" USING btree ("card_id");--> statement-breakpoint
CREATE UNIQUE INDEX "codes_one_alive" ON "codes" USING btree ("card_id") WHERE state in ('open', 'accepted');