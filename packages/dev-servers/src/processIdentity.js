// @ts-check
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');

/**
 * Distinguishes this process from any other that ever had or will have its pid,
 * by boot id and start time. Undefined if no such process is alive. Zombies do
 * not count, because in a container possibly no process ever reaps them.
 *
 * @param {number} pid
 */
exports.processIdentity = function processIdentity(pid) {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
};

/**
 * Whether the process with this identity is still alive.
 *
 * @param {number} pid
 * @param {string} identity
 */
exports.isAlive = function isAlive(pid, identity) {
  return exports.processIdentity(pid) === identity;
};

/** @param {number} pid */
function fromProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the command is in parentheses and may itself contain spaces
    // and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${startTicks}`;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function fromPs(pid) {
  const [state, ...start] = ps(['-o', 'stat=,lstart=', '-p', String(pid)])
    .trim()
    .split(/\s+/);
  return !state || state.startsWith('Z') ? undefined : start.join(' ');
}

/**
 * Output of `ps`; empty if it finds no process.
 *
 * @param {string[]} args
 */
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
exports.ps = ps;
