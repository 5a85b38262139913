#!/usr/bin/env node
// `yarn docs:generate`: writes the reference pages from config.d.ts and OpenAPI.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedPages } from './docs/generatedPages.mjs';
import { rootDir } from './lib/paths.mjs';

for (const { file, text } of await generatedPages()) {
  mkdirSync(dirname(join(rootDir, file)), { recursive: true });
  writeFileSync(join(rootDir, file), text);
  console.log(`Wrote ${file}`);
}
