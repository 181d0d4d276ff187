/** For drizzle-kit only: `npx drizzle-kit generate --config db/kiosk/replica/drizzle.config.ts`. */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './db/kiosk/replica/schema.ts',
  out: './db/kiosk/replica/migrations',
});
