ALTER TABLE `cards` ADD `has_open_operation` integer DEFAULT false NOT NULL;--> statement-breakpoint
DELETE FROM `meta`;
