/** For drizzle-kit only: `npx drizzle-kit generate --config db/central/drizzle.config.ts`. */
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './db/central/schema.ts',
    './db/central/operation-schema.ts',
    './db/central/code-schema.ts',
    './db/central/group-schema.ts',
    './db/central/copy-schema.ts',
    './db/central/chain-schema.ts',
    './db/central/common-schema.ts',
    './db/central/archive-schema.ts',
    './db/central/request-schema.ts',
    './db/central/mail-schema.ts',
    './db/central/soft-schema.ts',
    './db/central/statement-schema.ts',
  ],
  out: './db/central/migrations',
});
