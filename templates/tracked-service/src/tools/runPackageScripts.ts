import { spawnSync } from 'node:child_process';

/**
 * Runs scripts of a package one after the other, also after a failure; the script `test` is Vitest.
 *
 * @param reportFile - where Vitest writes its JSON report
 * @returns the exit code; not 0 if anything failed
 */
export function runPackageScripts(
  cwd: string,
  scripts: readonly string[],
  reportFile: string,
): number {
  const vitestOptions = [
    '--',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${reportFile}`,
  ];
  const results = scripts.map(script =>
    spawnSync(
      'npm',
      ['run', '--silent', script, ...(script === 'test' ? vitestOptions : [])],
      { cwd, stdio: 'inherit' },
    ),
  );
  return results.every(({ status }) => status === 0) ? 0 : 1;
}
