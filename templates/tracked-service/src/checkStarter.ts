import { spawnSync } from 'node:child_process';
import { renderStarter } from './renderStarter';

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
  const cwd = await renderStarter(starter);
  const vitestOptions = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${reportFile}`,
  ];
  const results = [
    ['typecheck'],
    ['lint'],
    ['test', '--', ...vitestOptions],
  ].map(script =>
    spawnSync('npm', ['run', '--silent', ...script], { cwd, stdio: 'inherit' }),
  );
  return results.every(({ status }) => status === 0) ? 0 : 1;
}
