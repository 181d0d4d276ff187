CREATE TABLE `cards` (
	`id` text PRIMARY KEY NOT NULL,
	`serial` text,
	`guid` text NOT NULL,
	`holder_id` text NOT NULL,
	`state` text NOT NULL,
	`expires_at` text NOT NULL,
	`profile_name` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `cards_serial` ON `cards` (`serial`);--> statement-breakpoint
CREATE INDEX `cards_guid` ON `cards` (`guid`);--> statement-breakpoint
CREATE TABLE `certificates` (
	`row` integer PRIMARY KEY NOT NULL,
	`card_id` text NOT NULL,
	`slot` text NOT NULL,
	`serial_number` text NOT NULL,
	`not_after` text NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `certificates_card` ON `certificates` (`card_id`);--> statement-breakpoint
CREATE TABLE `meta` (
	`id` integer PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`revision` text NOT NULL,
	`etag` text,
	`made_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`display_name` text NOT NULL,
	`state` text NOT NULL,
	`approved_until` text
);
--> statement-breakpoint
CREATE TABLE `profiles` (
	`name` text PRIMARY KEY NOT NULL,
	`document` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `reasons` (
	`code` text PRIMARY KEY NOT NULL,
	`position` integer NOT NULL,
	`document` text NOT NULL
);
