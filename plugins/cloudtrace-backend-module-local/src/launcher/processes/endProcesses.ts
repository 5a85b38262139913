import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './processIdentity';
import type { TrackedProcess } from './types';

/**
 * Ends processes: their own stop signal first, SIGKILL for the whole process
 * group after the grace time. A pid that belongs to another process by now is
 * left alone.
 */
export async function endProcesses(
  processes: TrackedProcess[],
  graceMs: number,
): Promise<void> {
  const alive = () =>
    processes.filter(({ pid, identity }) => isAlive(pid, identity));
  for (const { pid, stopSignal } of alive()) signal(pid, stopSignal);
  const deadline = Date.now() + graceMs;
  while (alive().length && Date.now() < deadline) await sleep(50);
  for (const { pid } of alive()) {
    signal(-pid, 'SIGKILL');
    signal(pid, 'SIGKILL');
  }
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in the meantime.
  }
}
