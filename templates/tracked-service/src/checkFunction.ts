import { join } from 'node:path';
import { templateDirectory } from './paths';
import { FUNCTION_SCRIPTS } from './tools/function';
import { linkPackages } from './tools/linkPackages';
import { runPackageScripts } from './tools/runPackageScripts';

/**
 * Checks the types of a function that runs in the cloud, runs its tests, and builds it.
 *
 * @param folder - relative to the template, such as `features/self-healing/healing`
 * @param reportFile - where Vitest writes its JSON report
 * @returns the exit code; not 0 if anything failed
 */
export async function checkFunction(
  folder: string,
  reportFile: string,
): Promise<number> {
  const directory = join(templateDirectory, folder);
  const problems = await linkPackages(directory);
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  return runPackageScripts(directory, FUNCTION_SCRIPTS, reportFile);
}
