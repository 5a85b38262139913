import { spawnSync } from 'node:child_process';

/** What a program left. */
export interface ToolResult {
  exitCode: number;
  /** Standard output and errors. */
  output: string;
}

const TIMEOUT_MS = 10 * 60_000;
const MAX_OUTPUT_CHARACTERS = 4000;

/** Runs a program to its end; the output is cut to its last lines. */
export function runTool(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): ToolResult {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    maxBuffer: 64 * 1024 * 1024,
  });
  const output = `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`;
  return {
    exitCode: status ?? 1,
    output: output.slice(-MAX_OUTPUT_CHARACTERS),
  };
}

/** Problems of a run: none, or its output. */
export function problemsOf(name: string, result: ToolResult): string[] {
  return result.exitCode === 0
    ? []
    : [`${name} ended with ${result.exitCode}:\n${result.output.trim()}`];
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
