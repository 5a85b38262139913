import { yarnCapture } from '../lib/yarnCapture.mjs';
import { rootDir } from '../lib/paths.mjs';

/**
 * Asks the registry for known vulnerabilities of the production dependencies.
 *
 * @param run replaced in tests
 * @returns `problems`, one line each, or `unavailable`: why the registry could
 * not be asked, which some mirrors do not allow
 */
export async function audit(run = yarnCapture) {
  const { code, stdout, stderr } = await run(
    [
      'npm',
      'audit',
      '--all',
      '--recursive',
      '--environment=production',
      '--severity=high',
      '--json',
    ],
    { cwd: rootDir },
  );
  if (code === 0) return { problems: [] };
  const problems = stdout.split('\n').flatMap(line => {
    try {
      const { value, children } = JSON.parse(line);
      if (!children) return [];
      return [
        `${value}: ${children.Severity}: ${children.Issue} (${children.URL})`,
      ];
    } catch {
      return [];
    }
  });
  if (problems.length > 0) return { problems };
  const output = stdout + stderr;
  const reason =
    /Response code \d+ \([^)]*\)/.exec(output)?.[0] ??
    /code: '(E[A-Z]+)'/.exec(output)?.[1];
  return { problems, unavailable: reason ?? `Yarn ended with ${code}` };
}
