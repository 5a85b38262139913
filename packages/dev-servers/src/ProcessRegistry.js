// @ts-check
const { fork } = require('node:child_process');
const {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { dirname } = require('node:path');
const { endProcesses } = require('./endProcesses');
const { isAlive, processIdentity } = require('./processIdentity');

/**
 * Tracks the processes that this one started, so that none outlives it. Three
 * safeguards: `close()` stops them; the reaper does if this process is killed;
 * the file lets the next start do it if the reaper was killed too.
 *
 * Every tracked process leads its own process group (`detached: true`).
 */
exports.ProcessRegistry = class ProcessRegistry {
  #file;
  #graceMs;
  /** @type {Map<number, { pid: number, identity: string, label: string }>} */
  #tracked = new Map();
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #reaper;

  /** @param {{ file: string, graceMs?: number }} options */
  constructor({ file, graceMs = 10_000 }) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
    this.#graceMs = graceMs;
  }

  /** Pid of the live process that uses the file. */
  owner() {
    const { owner } = this.#read();
    return owner && isAlive(owner.pid, owner.identity) ? owner.pid : undefined;
  }

  /** Stops what an earlier run left behind; returns the labels, most recently started first. */
  async endLeftovers() {
    const left = this.#read()
      .processes.filter(({ pid, identity }) => isAlive(pid, identity))
      .reverse();
    for (const { pid } of left) await endProcesses([pid], this.#graceMs);
    rmSync(this.#file, { force: true });
    return left.map(({ label }) => label);
  }

  /** Starts the reaper and writes the file; call it before the first `track`. */
  async open() {
    const reaper = fork(require.resolve('./reaper'), {
      detached: true,
      execArgv: ['--max-old-space-size=32'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await new Promise((resolve, reject) => {
      reaper.once('message', resolve);
      reaper.once('error', reject);
      reaper.once('exit', () => reject(new Error('The reaper did not start')));
    });
    reaper.unref();
    reaper.channel?.unref();
    this.#reaper = reaper;
    this.#send({ type: 'grace', graceMs: this.#graceMs });
    this.#write();
  }

  /**
   * Call it right after the start of a process.
   *
   * @param {{ pid: number, label: string }} options
   */
  track({ pid, label }) {
    const identity = processIdentity(pid);
    if (!identity) return;
    this.#tracked.set(pid, { pid, identity, label });
    this.#send({ type: 'track', pid });
    this.#write();
  }

  /**
   * Call it when a process and all its children have ended.
   *
   * @param {number} pid
   */
  untrack(pid) {
    if (!this.#tracked.delete(pid)) return;
    this.#send({ type: 'untrack', pid });
    this.#write();
  }

  /** Stops all running processes, most recently started first, and the reaper. */
  async close() {
    for (const pid of [...this.#tracked.keys()].reverse()) {
      await endProcesses([pid], this.#graceMs);
      this.untrack(pid);
    }
    rmSync(this.#file, { force: true });
    if (this.#reaper?.connected) this.#reaper.disconnect();
  }

  /** @param {Record<string, unknown>} message */
  #send(message) {
    if (this.#reaper?.connected) this.#reaper.send(message, () => {});
  }

  #read() {
    try {
      const { owner, processes } = JSON.parse(readFileSync(this.#file, 'utf8'));
      return { owner, processes: Array.isArray(processes) ? processes : [] };
    } catch {
      return { owner: undefined, processes: [] };
    }
  }

  #write() {
    const temporary = `${this.#file}.new`;
    const owner = { pid: process.pid, identity: processIdentity(process.pid) };
    const processes = [...this.#tracked.values()];
    writeFileSync(temporary, JSON.stringify({ owner, processes }), {
      mode: 0o600,
    });
    renameSync(temporary, this.#file);
  }
};
