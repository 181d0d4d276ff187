CREATE TABLE `paces` (
	`family` text NOT NULL,
	`kind` text NOT NULL,
	`cards` integer NOT NULL,
	`pace` real NOT NULL,
	PRIMARY KEY(`family`, `kind`)
);
