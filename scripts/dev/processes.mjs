import { execFileSync } from 'node:child_process';

/**
 * When a process started, as the system says it; undefined if there is none.
 * Together with the pid it identifies a process, because pids are reused.
 */
export function startTime(pid) {
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
    }).trim();
    return text || undefined;
  } catch {
    return undefined;
  }
}

function groupExists(pid) {
  try {
    process.kill(-pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Ends a process group: SIGTERM, then SIGKILL for what is left after the grace time. */
export async function endGroup(pid, graceMs = 10_000) {
  signalGroup(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (groupExists(pid) && Date.now() < deadline) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  if (groupExists(pid)) signalGroup(pid, 'SIGKILL');
}
