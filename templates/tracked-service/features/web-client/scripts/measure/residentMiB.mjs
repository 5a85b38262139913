import { execFileSync } from 'node:child_process';

/**
 * Resident memory of a process, as the operating system counts it.
 *
 * @param {number | undefined} pid
 */
export function residentMiB(pid) {
  const kibibytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(kibibytes) / 1_024;
}
