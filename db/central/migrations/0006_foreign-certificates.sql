ALTER TABLE "certificates" ADD COLUMN "foreign_issuer" text;--> statement-breakpoint
ALTER TABLE "profiles" ADD COLUMN "withdrawn_at" timestamp (3) with time zone;