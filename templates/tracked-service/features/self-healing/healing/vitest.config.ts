import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Long enough for a busy machine.
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000 },
});
