import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestPostgres } from '../../../testUtils';

/** Sends a signal to all processes of a server, such as when its machine dies or freezes. */
export function signalServer(
  server: TestPostgres,
  signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT',
): void {
  const [main] = readFileSync(
    join(server.dataFolder, 'postmaster.pid'),
    'utf8',
  ).split('\n');
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', main], {
    encoding: 'utf8',
  });
  for (const pid of [main, ...children.trim().split(/\s+/)]) {
    try {
      process.kill(Number(pid), signal);
    } catch {
      // It ended with the main process.
    }
  }
}
