ALTER TABLE `cards` ADD `is_management_key_known` integer DEFAULT true NOT NULL;--> statement-breakpoint
DELETE FROM `meta`;
