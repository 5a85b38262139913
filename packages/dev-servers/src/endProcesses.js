// @ts-check
const { setTimeout: sleep } = require('node:timers/promises');
const { ps } = require('./processIdentity');

/**
 * Ends process groups: SIGTERM, then SIGKILL for those still running after the
 * grace period. Each pid is that of a group leader.
 *
 * @param {number[]} pids
 * @param {number} graceMs
 */
exports.endProcesses = async function endProcesses(pids, graceMs) {
  for (const pid of pids) signalGroup(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (livingGroups(pids).length && Date.now() < deadline) await sleep(50);
  for (const pid of livingGroups(pids)) signalGroup(pid, 'SIGKILL');
};

/** @param {number[]} pids */
function livingGroups(pids) {
  if (!pids.length) return [];
  const living = new Set(
    ps(['-A', '-o', 'pgid=', '-o', 'stat='])
      .split('\n')
      .map(line => line.trim().split(/\s+/))
      .filter(([, state]) => state && !state.startsWith('Z'))
      .map(([group]) => Number(group)),
  );
  return pids.filter(pid => living.has(pid));
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') {
      throw error;
    }
  }
}
