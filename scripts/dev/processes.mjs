import { execFileSync } from 'node:child_process';

function ps(args) {
  try {
    return execFileSync('ps', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
    });
  } catch {
    return '';
  }
}

/**
 * When a process started, as the system says it; undefined if there is none.
 * Together with the pid it identifies a process, because pids are reused.
 * Zombies do not count: in a container nobody may ever collect them.
 */
export function startTime(pid) {
  const [, state, time] =
    /^\s*(\S+)\s+(.+?)\s*$/.exec(
      ps(['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)]),
    ) ?? [];
  return state && !state.startsWith('Z') ? time : undefined;
}

function groupExists(pid) {
  return ps(['-A', '-o', 'pgid=', '-o', 'stat='])
    .split('\n')
    .some(line => {
      const [group, state] = line.trim().split(/\s+/);
      return Number(group) === pid && !state.startsWith('Z');
    });
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
