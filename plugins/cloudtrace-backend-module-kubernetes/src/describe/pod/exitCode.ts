/** Signals that end processes in containers (signal(7)); a shell adds 128. */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
};

/** An exit code with its signal, e.g. `exit code 137 (SIGKILL)`. */
export function wordExitCode(code: number, signal?: number): string {
  const name = SIGNALS[signal || code - 128];
  return name ? `exit code ${code} (${name})` : `exit code ${code}`;
}
