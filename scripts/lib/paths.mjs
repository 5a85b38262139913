import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout. */
export const rootDir = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** Everything that a local portal creates; git-ignored, safe to delete while no portal runs. */
export const localDir =
  process.env.CLOUDTRACE_LOCAL_DIR ?? join(rootDir, '.local');
/**
 * Command-line tools that are installed on demand; all local portals of the
 * checkout share them.
 */
export const toolsDir = join(rootDir, '.local/tools');
