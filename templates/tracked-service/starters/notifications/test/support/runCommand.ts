import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface CommandResult {
  readonly code: number;
  /** What a terminal shows. */
  readonly output: string;
}

/** Runs a built command of an operator, as `npm run <command> -- …` does. */
export function runCommand(
  name: string,
  options: readonly string[],
  environment: Record<string, string>,
): Promise<CommandResult> {
  const program = fileURLToPath(
    new URL(`../../dist/commands/${name}.js`, import.meta.url),
  );
  const env = { PATH: process.env['PATH'], ...environment };
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [program, ...options],
      { env, timeout: 60_000 },
      (error, stdout, stderr) =>
        resolve({
          code: error ? Number(error.code) : 0,
          output: stdout + stderr,
        }),
    );
  });
}
