import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout. */
export const rootDir = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** Everything that a local portal creates; git-ignored, safe to delete while nothing runs. */
export const localDir = join(rootDir, '.local');
export const toolsDir = join(localDir, 'tools');
