import {
  execFile,
  spawnSync,
  type ExecFileException,
} from 'node:child_process';

/** The result of a program. */
export interface ToolResult {
  exitCode: number;
  /** The end of standard output and errors, for a person. */
  output: string;
  /** All of the standard output, for a program. */
  stdout: string;
}

const TIMEOUT_MS = 10 * 60_000;
const MAX_OUTPUT_CHARACTERS = 4000;

/**
 * Runs a program to its end and keeps the last lines of its output. Never rejects: a program that cannot be started
 * counts as ended with 1.
 */
export function runTool(
  command: string,
  args: readonly string[],
  options: {
    cwd?: string;
    env?: Record<string, string>;
  } = {},
): Promise<ToolResult> {
  return new Promise(resolve => {
    execFile(
      command,
      args,
      {
        cwd: options.cwd,
        env: { ...process.env, ...options.env },
        encoding: 'utf8',
        timeout: TIMEOUT_MS,
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        const failure = typeof error?.code === 'number' ? error.code : 1;
        const reason = error ? reasonOf(error, `${stdout}${stderr}`) : '';
        resolve({
          exitCode: error ? failure : 0,
          output: `${stdout}${stderr}${reason}`.slice(-MAX_OUTPUT_CHARACTERS),
          stdout,
        });
      },
    );
  });
}

function reasonOf(error: ExecFileException, output: string): string {
  if (error.killed) {
    return `\nStopped: it did not end within ${TIMEOUT_MS / 1000} s`;
  }
  // If the program ran, the message only repeats its output.
  return output ? '' : error.message;
}

/** Runs a program; returns its output as the problem if it fails. */
export async function problemsOf(
  name: string,
  running: Promise<ToolResult>,
): Promise<string[]> {
  const { exitCode, output } = await running;
  return exitCode === 0
    ? []
    : [`${name} ended with ${exitCode}:\n${output.trim()}`];
}

const found = new Map<string, boolean>();

/** Whether a program is installed. */
export function isInstalled(command: string): boolean {
  let answer = found.get(command);
  if (answer === undefined) {
    answer =
      spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' })
        .status === 0;
    found.set(command, answer);
  }
  return answer;
}
