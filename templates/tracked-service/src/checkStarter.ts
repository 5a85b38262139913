import { renderStarter } from './renderStarter';
import { runPackageScripts } from './tools/runPackageScripts';

/**
 * Renders a starter's default repository, and checks its types and style and runs its unit tests there.
 *
 * @param reportFile - where Vitest writes its JSON report
 * @returns the exit code; not 0 if anything failed
 */
export async function checkStarter(
  starter: string,
  reportFile: string,
): Promise<number> {
  const directory = await renderStarter(starter);
  return runPackageScripts(
    directory,
    ['typecheck', 'lint', 'test'],
    reportFile,
  );
}
