CREATE INDEX "kiosk_certificates_public_key" ON "kiosk_certificates" USING hash ("public_key");--> statement-breakpoint
CREATE INDEX "proofs_operation" ON "proofs" USING btree ("operation_id");--> statement-breakpoint
CREATE INDEX "proofs_unused" ON "proofs" USING btree ("expires_at") WHERE operation_id is null;