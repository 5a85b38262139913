import { spawn, type ChildProcess } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { endProcesses } from './endProcesses';
import { processIdentity } from './processIdentity';
import type { ReaperMessage, TrackedProcess } from './types';

const fileName = 'processes.json';

/**
 * Knows every process of the fleet, so that none outlives it. Three nets: the
 * launcher ends its processes itself; the reaper does it where the launcher
 * dies; the file lets the next start do it where both died.
 */
export class ProcessRegistry {
  readonly #file: string;
  readonly #tracked = new Map<number, TrackedProcess>();
  #reaper: ChildProcess | undefined;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.#file = join(directory, fileName);
  }

  /** Ends what an earlier run left behind. Returns the labels of these processes. */
  async cleanUpEarlierRun(): Promise<string[]> {
    const left = this.#read().filter(
      ({ pid, identity }) => processIdentity(pid) === identity,
    );
    await endProcesses(left, 3_000);
    rmSync(this.#file, { force: true });
    return left.map(({ label }) => label);
  }

  /** Starts the reaper. `nodeArguments` let Node run this package's TypeScript. */
  startReaper(nodeArguments: string[]) {
    const reaper = spawn(
      process.execPath,
      [
        '--max-old-space-size=32',
        ...nodeArguments,
        require.resolve('./reaper'),
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true },
    );
    // A reaper that died is not worth stopping the fleet for: the file remains.
    reaper.on('error', () => {});
    reaper.channel?.unref();
    reaper.unref();
    this.#reaper = reaper;
  }

  /** Call right after the start of a process. */
  track(options: {
    pid: number;
    label: string;
    stopSignal?: TrackedProcess['stopSignal'];
  }) {
    const identity = processIdentity(options.pid);
    if (!identity) return;
    const tracked: TrackedProcess = {
      pid: options.pid,
      identity,
      label: options.label,
      stopSignal: options.stopSignal ?? 'SIGTERM',
    };
    this.#tracked.set(options.pid, tracked);
    this.#tell({ type: 'track', process: tracked });
    this.#write();
  }

  /** Call when a process has ended. */
  untrack(pid: number) {
    if (!this.#tracked.delete(pid)) return;
    this.#tell({ type: 'untrack', pid });
    this.#write();
  }

  /** Ends whatever still runs, and the reaper. */
  async close(): Promise<void> {
    await endProcesses([...this.#tracked.values()], 3_000);
    this.#tracked.clear();
    this.#write();
    this.#tell({ type: 'dismiss' });
  }

  #tell(message: ReaperMessage) {
    if (this.#reaper?.connected) this.#reaper.send(message, () => {});
  }

  #read(): TrackedProcess[] {
    try {
      const content = JSON.parse(readFileSync(this.#file, 'utf8'));
      return Array.isArray(content) ? content : [];
    } catch {
      return [];
    }
  }

  #write() {
    const temporary = `${this.#file}.new`;
    writeFileSync(temporary, JSON.stringify([...this.#tracked.values()]), {
      mode: 0o600,
    });
    renameSync(temporary, this.#file);
  }
}
