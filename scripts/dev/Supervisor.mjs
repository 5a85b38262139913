import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProcessRegistry } from '../../packages/dev-servers/src/index.js';
import { localDir } from '../lib/paths.mjs';
import { UserError } from './UserError.mjs';

const logDir = join(localDir, 'logs');

/**
 * Starts the portal's processes and writes their logs. None of them outlives
 * it: the registry stops the remaining ones, even if this process is killed.
 */
export class Supervisor {
  #registry;
  #stopping;

  /**
   * Stops what an earlier run left behind and starts a supervisor.
   *
   * @throws UserError while the earlier run is alive.
   */
  static async create() {
    mkdirSync(logDir, { recursive: true });
    const registry = new ProcessRegistry({ file: join(localDir, 'run.json') });
    const owner = registry.owner();
    if (owner) {
      throw new UserError(
        `The local portal of this folder is already running (process ${owner}): use it, or stop it with Ctrl-C in its terminal.`,
      );
    }
    await registry.endLeftovers();
    await registry.open();
    return new Supervisor(registry);
  }

  /** Use {@link Supervisor.create}. */
  constructor(registry) {
    this.#registry = registry;
  }

  /** Path of a child's log. */
  static logFile(name) {
    return join(logDir, `${name}.log`);
  }

  /**
   * Starts a child with its output in .local/logs/<name>.log.
   *
   * @returns `exited`: a promise that rejects with a UserError if the child
   * ends before a call of stop().
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
        if (!this.#stopping) reject(unexpectedEnd(name, reason));
      };
      // When its program crashes, backstage-cli keeps running and waits for
      // changes; Node's closing line after a fatal error reveals the crash.
      child.stderr.on('data', chunk => {
        if (/^Node\.js v\d+/m.test(chunk.toString())) {
          setTimeout(() => fail('it crashed'), 200);
        }
      });
      child.once('error', error => fail(error.message));
      child.once('exit', (code, signal) => fail(signal ?? `exit code ${code}`));
    });
    // The caller handles the rejection if it awaits the promise; without this a
    // late crash would be an unhandled rejection.
    exited.catch(() => {});
    if (child.pid) this.#registry.track({ pid: child.pid, label: name });
    return { pid: child.pid, stdout: child.stdout, exited };
  }

  /** Stops all children, most recently started first. Safe to call twice. */
  stop() {
    this.#stopping ??= this.#registry.close();
    return this.#stopping;
  }
}

function unexpectedEnd(name, reason) {
  const file = Supervisor.logFile(name);
  return new UserError(
    `The ${name} ended unexpectedly (${reason}).\n${tail(
      file,
    )}\nThe whole log is in ${file}.`,
  );
}

/** The last lines of a log. */
function tail(file, lines = 15) {
  try {
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-lines)
      .map(line => `  ${line}`)
      .join('\n');
  } catch {
    return '';
  }
}
