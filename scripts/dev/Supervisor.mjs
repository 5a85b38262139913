import { fork, spawn } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { localDir } from '../lib/paths.mjs';
import { endGroup, startTime } from './processes.mjs';
import { UserError } from './UserError.mjs';

const runFile = join(localDir, 'run.json');
const logDir = join(localDir, 'logs');

/**
 * Starts the portal's processes and makes sure that none outlives it.
 *
 * Each child gets a process group of its own. Three nets catch them: stop()
 * on Ctrl-C, the reaper when this process is killed hard, and endLeftovers()
 * at the next start when the reaper was killed too (or the machine's
 * supervisor took both).
 */
export class Supervisor {
  #children = [];
  #reaper;
  #stopping;

  /** Ends what an earlier run left behind. Throws if that run is still alive. */
  static async endLeftovers() {
    if (!existsSync(runFile)) return;
    let run;
    try {
      run = JSON.parse(readFileSync(runFile, 'utf8'));
    } catch {
      rmSync(runFile, { force: true });
      return;
    }
    const alive = entry => startTime(entry.pid) === entry.startTime;
    if (run.main && alive(run.main)) {
      throw new UserError(
        `The local portal of this folder already runs (process ${run.main.pid}): use it, or end it with Ctrl-C in its terminal.`,
      );
    }
    for (const child of (run.children ?? []).reverse()) {
      if (alive(child)) await endGroup(child.pid);
    }
    rmSync(runFile, { force: true });
  }

  /** Starts a supervisor; its reaper is ready when the promise resolves. */
  static async create() {
    mkdirSync(logDir, { recursive: true });
    const reaper = fork(new URL('./reaper.mjs', import.meta.url), {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await new Promise((resolve, reject) => {
      reaper.once('message', resolve);
      reaper.once('error', reject);
      reaper.once('exit', () => reject(new Error('The reaper did not start')));
    });
    reaper.unref();
    reaper.channel.unref();
    return new Supervisor(reaper);
  }

  /** Use {@link Supervisor.create}. */
  constructor(reaper) {
    this.#reaper = reaper;
    this.#writeRunFile();
  }

  #writeRunFile() {
    writeFileSync(
      runFile,
      JSON.stringify({
        main: { pid: process.pid, startTime: startTime(process.pid) },
        children: this.#children.map(({ name, pid, startTime: since }) => ({
          name,
          pid,
          startTime: since,
        })),
      }),
    );
  }

  /** Path of a child's log. */
  static logFile(name) {
    return join(logDir, `${name}.log`);
  }

  /**
   * Starts a child with its output in .local/logs/<name>.log.
   *
   * @returns `exited`: a promise that rejects with a UserError if the child
   * ends before stop() is called.
   */
  start(name, command, args, options = {}) {
    const log = createWriteStream(Supervisor.logFile(name));
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const exited = new Promise((_, reject) => {
      const fail = reason => {
        if (this.#stopping) return;
        reject(
          new UserError(
            `The ${name} ended unexpectedly (${reason}).\n${tail(
              name,
            )}\nThe whole log is in ${Supervisor.logFile(name)}.`,
          ),
        );
      };
      // backstage-cli keeps running to wait for changes when the program in it
      // crashes; Node's closing line after a fatal error tells.
      child.stderr.on('data', chunk => {
        if (/^Node\.js v\d+/m.test(chunk.toString())) {
          setTimeout(() => fail('it crashed'), 200);
        }
      });
      child.once('error', error => fail(error.message));
      child.once('exit', (code, signal) => {
        this.#reaper.send({ ended: child.pid }, () => {});
        fail(signal ?? `exit code ${code}`);
      });
    });
    // Who awaits it decides; without this a late crash would be an unhandled rejection.
    exited.catch(() => {});
    if (child.pid) {
      this.#reaper.send({ started: child.pid });
      this.#children.push({
        name,
        pid: child.pid,
        startTime: startTime(child.pid),
      });
      this.#writeRunFile();
    }
    return { pid: child.pid, stdout: child.stdout, exited };
  }

  /** Ends all children, last started first. Safe to call twice. */
  stop() {
    this.#stopping ??= (async () => {
      for (const child of [...this.#children].reverse()) {
        await endGroup(child.pid);
      }
      rmSync(runFile, { force: true });
      if (this.#reaper.connected) this.#reaper.disconnect();
    })();
    return this.#stopping;
  }
}

/** The last lines of a child's log. */
function tail(name, lines = 15) {
  try {
    return readFileSync(Supervisor.logFile(name), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-lines)
      .map(line => `  ${line}`)
      .join('\n');
  } catch {
    return '';
  }
}
