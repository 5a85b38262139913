import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout. */
export const rootDir = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** Everything that a local portal creates; git-ignored, safe to delete while nothing runs. */
export const localDir =
  process.env.CLOUDTRACE_LOCAL_DIR ?? join(rootDir, '.local');
/** Command-line tools that are installed on demand, shared by all local portals of the checkout. */
export const toolsDir = join(rootDir, '.local/tools');
