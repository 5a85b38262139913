import { defineConfig } from 'drizzle-kit';

/** `npm run migrations:make -- --name <what-changes>` compares the schema with the last migration. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/storage/schema.ts',
  out: './migrations',
});
