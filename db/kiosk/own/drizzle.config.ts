/** For drizzle-kit only: `npx drizzle-kit generate --config db/kiosk/own/drizzle.config.ts`. */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './db/kiosk/own/schema.ts',
  out: './db/kiosk/own/migrations',
});
