-- Kiosks have also the reasons of operators, to call by their names what was begun or asked for by them, and are told whom they may offer which (RP-12).
CREATE OR REPLACE VIEW copy_reasons AS SELECT code, titles, old_certificates AS "oldCertificates",
  old_encryption_certificate AS "oldEncryptionCertificate", encryption_key AS "encryptionKey", crl_reason AS "crlReason",
  position, chosen_by AS "chosenBy" FROM reasons WHERE 'reprovision' = ANY (operations);
--> statement-breakpoint
-- The copies that are there are told, too.
UPDATE "reasons" SET "position" = "position" WHERE 'reprovision' = ANY ("operations");
