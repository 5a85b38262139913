import { spawn } from 'node:child_process';

/** Runs a program until it ends; a failure includes its last output. */
export function runProgram(
  command: string,
  args: string[],
  options: {
    cwd: string;
    signal: AbortSignal;
    environment?: Record<string, string>;
    /** Ends the program if it runs longer. */
    timeoutMs?: number;
  },
): Promise<void> {
  const { cwd, signal, environment, timeoutMs } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      signal,
      timeout: timeoutMs,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      env: {
        ...process.env,
        NODE_ENV: undefined,
        NODE_OPTIONS: undefined,
        // A clone that needs a password must fail instead of waiting for one.
        GIT_TERMINAL_PROMPT: '0',
        ...environment,
      },
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk).slice(-4_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code, ending) => {
      if (code === 0) {
        resolve();
        return;
      }
      const last = output.trim().split('\n').slice(-5).join('\n');
      const how =
        ending && timeoutMs
          ? `was ended by ${ending} after at most ${timeoutMs / 1000} s`
          : 'failed';
      reject(
        new Error(`"${command} ${args.join(' ')}" ${how} in ${cwd}: ${last}`),
      );
    });
  });
}
