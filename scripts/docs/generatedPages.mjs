import { join } from 'node:path';
import prettier from 'prettier';
import { rootDir } from '../lib/paths.mjs';
import { apiReference } from './apiReference.mjs';
import { configReference } from './configReference.mjs';

/** The pages that are generated from code: `{ file, text }`, as Prettier formats them. */
export async function generatedPages() {
  const pages = {
    'docs/reference/configuration.md': configReference(),
    'docs/reference/api.md': apiReference(),
  };
  const options = await prettier.resolveConfig(join(rootDir, 'docs/index.md'));
  return Object.entries(pages).map(([file, text]) => ({
    file,
    text: prettier.format(text, { ...options, parser: 'markdown' }),
  }));
}
