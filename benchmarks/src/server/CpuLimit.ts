import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const V1 = '/sys/fs/cgroup/cpu';
const V2 = '/sys/fs/cgroup';
/** Short, so that a process that has used up its share waits briefly. */
const PERIOD_US = 10_000;

/**
 * A control group that gives a process a share of one core, so that one machine
 * can stand for several smaller ones.
 */
export class CpuLimit {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Limits a process and its threads.
   *
   * @param cores - Share of one core, e.g. 0.35
   * @returns `undefined` if this user may not create control groups here
   */
  static apply(pid: number, cores: number): CpuLimit | undefined {
    const quotaUs = Math.round(PERIOD_US * cores);
    try {
      if (existsSync(`${V1}/cpu.cfs_period_us`)) {
        const folder = `${V1}/cloudtrace-bench-${pid}`;
        mkdirSync(folder);
        writeFileSync(`${folder}/cpu.cfs_period_us`, `${PERIOD_US}`);
        writeFileSync(`${folder}/cpu.cfs_quota_us`, `${quotaUs}`);
        writeFileSync(`${folder}/cgroup.procs`, `${pid}`);
        return new CpuLimit(folder);
      }
      const enabled = readFileSync(`${V2}/cgroup.subtree_control`, 'utf8');
      if (!enabled.split(/\s+/).includes('cpu')) return undefined;
      const folder = `${V2}/cloudtrace-bench-${pid}`;
      mkdirSync(folder);
      writeFileSync(`${folder}/cpu.max`, `${quotaUs} ${PERIOD_US}`);
      writeFileSync(`${folder}/cgroup.procs`, `${pid}`);
      return new CpuLimit(folder);
    } catch {
      return undefined;
    }
  }

  /** Removes the group; call it when the process has ended. */
  async remove(): Promise<void> {
    // The kernel empties the group a moment after the process has ended.
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        rmdirSync(this.#folder);
        return;
      } catch {
        await sleep(50);
      }
    }
  }
}
