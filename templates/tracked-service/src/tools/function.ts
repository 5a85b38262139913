import { linkPackages } from './linkPackages';
import { problemsOf, runTool } from './runTool';

/** Scripts of the `package.json` of a function. */
export const FUNCTION_SCRIPTS = ['typecheck', 'test', 'build'] as const;

/** Runs one of the scripts of a function in a rendered repository. */
export async function checkFunctionScript(
  directory: string,
  script: (typeof FUNCTION_SCRIPTS)[number],
): Promise<string[]> {
  const installed = await linkPackages(directory);
  if (installed.length > 0) return installed;
  return problemsOf(
    `npm run ${script}`,
    runTool('npm', ['run', '--silent', script], { cwd: directory }),
  );
}
