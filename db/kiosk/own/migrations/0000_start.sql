CREATE TABLE `audit` (
	`n` integer PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `journal` (
	`operation_id` text NOT NULL,
	`card_id` text NOT NULL,
	`step` text NOT NULL,
	`state` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`operation_id`, `step`)
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`n` integer PRIMARY KEY NOT NULL,
	FOREIGN KEY (`n`) REFERENCES `audit`(`n`) ON UPDATE no action ON DELETE no action
);
