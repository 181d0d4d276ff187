/** Column types that drizzle lacks or that we want in one form. */
import { customType, timestamp } from 'drizzle-orm/pg-core';

/** bytea as `Uint8Array` in code, with every driver. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value),
  fromDriver: (value) => new Uint8Array(value),
});

/** An instant in UTC, to the millisecond. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
