import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Runs git in a folder, without a shell and independent of the machine's
 * configuration: no hooks, no signing, no prompts.
 *
 * @returns standard output as text
 */
export async function runGit(
  directory: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<string> {
  const { stdout } = await execFileAsync(
    'git',
    [
      '-c',
      `core.hooksPath=${devNull}`,
      '-c',
      'commit.gpgsign=false',
      '-c',
      'core.autocrlf=false',
      '-C',
      directory,
      ...args,
    ],
    {
      maxBuffer: MAX_OUTPUT_BYTES,
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: devNull,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_TERMINAL_PROMPT: '0',
        ...env,
      },
    },
  );
  return stdout;
}
