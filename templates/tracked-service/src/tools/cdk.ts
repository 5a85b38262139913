import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CdkApp } from '../../tests/parity/CdkApp';
import { EXAMPLE_VARIABLES } from '../../tests/fake-aws/exampleVariables';

/** The app's own types and tests. */
export function checkCdkApp(directory: string): Promise<string[]> {
  return runInApp(directory, [
    ['tsc', '--noEmit'],
    // Node itself accepts a pattern only since version 21.
    [
      'tsx',
      '--test',
      ...readdirSync(join(directory, 'infra/cdk/test'))
        .filter(file => file.endsWith('.test.ts'))
        .map(file => `test/${file}`),
    ],
  ]);
}

/** A strict synthesis of the answers with cdk-nag. */
export function checkCdkSynthesis(directory: string): Promise<string[]> {
  return runInApp(directory, [
    [
      'cdk',
      'synth',
      '--quiet',
      '--context',
      'environment=production',
      '--context',
      `image=${EXAMPLE_VARIABLES.image}`,
    ],
  ]);
}

async function runInApp(
  directory: string,
  commands: readonly string[][],
): Promise<string[]> {
  const app = await CdkApp.prepare(join(directory, 'infra/cdk'));
  try {
    const problems: string[] = [];
    for (const [command, ...args] of commands) {
      try {
        await app.run(command, ...args);
      } catch (error) {
        problems.push(`${command}: ${outputOf(error)}`);
      }
    }
    return problems;
  } finally {
    await app.dispose();
  }
}

function outputOf(error: unknown): string {
  const { stdout = '', stderr = '' } = error as {
    stdout?: string;
    stderr?: string;
  };
  return `${stdout}${stderr}`.slice(-4000) || String(error);
}
