import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { CdkApp } from '../../tests/parity/CdkApp';
import { EXAMPLE_VARIABLES } from '../../tests/fake-aws/exampleVariables';

/** Types, tests, and a strict synthesis with cdk-nag, by the CDK itself. */
export async function checkCdk(directory: string): Promise<string[]> {
  // With the app's packages in place; everything else of it is the rendered one.
  const app = await CdkApp.prepare();
  try {
    cpSync(join(directory, 'infra/cdk'), app.folder, {
      recursive: true,
      force: true,
    });
    const problems: string[] = [];
    for (const [command, ...args] of [
      ['tsc', '--noEmit'],
      [
        'cdk',
        'synth',
        '--quiet',
        '--context',
        'environment=production',
        '--context',
        `image=${EXAMPLE_VARIABLES.image}`,
      ],
    ]) {
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
