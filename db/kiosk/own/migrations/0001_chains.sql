CREATE TABLE `chains` (
	`position` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`started_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chains_id_unique` ON `chains` (`id`);--> statement-breakpoint
INSERT INTO `chains` (`position`, `id`, `started_at`)
	SELECT 1, '00000000-0000-0000-0000-000000000000', json_extract(`body`, '$.at') FROM `audit` ORDER BY `n` LIMIT 1;--> statement-breakpoint
CREATE TABLE `__new_audit` (
	`chain` text NOT NULL,
	`n` integer NOT NULL,
	`body` text NOT NULL,
	`hash` text NOT NULL,
	`signature` text,
	`certificate` text,
	PRIMARY KEY(`chain`, `n`)
);
--> statement-breakpoint
INSERT INTO `__new_audit` (`chain`, `n`, `body`, `hash`)
	SELECT '00000000-0000-0000-0000-000000000000', `n`, `body`, `hash` FROM `audit`;--> statement-breakpoint
CREATE TABLE `__old_outbox` AS SELECT `n` FROM `outbox`;--> statement-breakpoint
DROP TABLE `outbox`;--> statement-breakpoint
DROP TABLE `audit`;--> statement-breakpoint
ALTER TABLE `__new_audit` RENAME TO `audit`;--> statement-breakpoint
CREATE TABLE `outbox` (
	`chain` text NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`chain`, `n`),
	FOREIGN KEY (`chain`,`n`) REFERENCES `audit`(`chain`,`n`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `outbox` (`chain`, `n`) SELECT '00000000-0000-0000-0000-000000000000', `n` FROM `__old_outbox`;--> statement-breakpoint
DROP TABLE `__old_outbox`;
