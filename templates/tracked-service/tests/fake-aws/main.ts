/**
 * Runs a command with Terraform attached to the stand-in, for shell scripts and for manual use:
 *
 *   npx tsx tests/fake-aws/main.ts [--drift FILE] -- terraform -chdir=DIR plan
 *
 * FILE contains `{ "<resource type>": { "<attribute>": <value found in AWS> } }`. Exits with the command's exit code.
 */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { AwsProviderStandIn } from './AwsProviderStandIn';

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { drift: { type: 'string' } },
    allowPositionals: true,
  });
  const [command, ...commandArguments] = positionals;
  if (!command) {
    throw new Error('Usage: main.ts [--drift FILE] -- COMMAND [ARGUMENT…]');
  }
  const standIn = await AwsProviderStandIn.start();
  try {
    if (values.drift) {
      standIn.drift = JSON.parse(await readFile(values.drift, 'utf8'));
    }
    process.stderr.write(`${standIn.description}\n`);
    const child = spawn(command, commandArguments, {
      stdio: 'inherit',
      env: { ...process.env, ...standIn.environment },
    });
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', code => resolve(code ?? 1));
    });
  } finally {
    await standIn.stop();
  }
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
