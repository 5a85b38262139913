import { startPostgres } from '../startPostgres';
import { linkPackages } from './linkPackages';
import { problemsOf, runTool } from './runTool';

/** Files that the service's own scripts use, without those that only mention it. */
export const SERVICE_FILES =
  /^(?:(?:src|test|migrations)\/|package\.json$|package-lock\.json$|tsconfig|[^/]+\.[jt]s$|\.prettier)/;

/** Scripts of the repository's `package.json`; the last one also builds, and tests the build. */
export const SERVICE_SCRIPTS = [
  'test:integration',
  'lint',
  'typecheck',
  'test',
] as const;

let database: Promise<string> | undefined;

/** Runs one of the service's own scripts, with packages that are installed once per lock file. */
export async function checkService(
  directory: string,
  script: (typeof SERVICE_SCRIPTS)[number],
): Promise<string[]> {
  const installed = await linkPackages(directory);
  if (installed.length > 0) {
    return installed;
  }
  const env: Record<string, string> = { CI: 'true' };
  if (script === 'test:integration') {
    database ??= startPostgres();
    env.TEST_DATABASE_URL = await database;
  }
  return problemsOf(
    `npm run ${script}`,
    runTool('npm', ['run', '--silent', script], { cwd: directory, env }),
  );
}
