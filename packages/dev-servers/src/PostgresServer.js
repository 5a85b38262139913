// @ts-check
const { execFile, spawn } = require('node:child_process');
const {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { dirname, join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { promisify } = require('node:util');
const { ps } = require('./processIdentity');
const { serverAccount } = require('./serverAccount');

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

/**
 * Runs the server and stops it when the process that started it ends, even by a
 * kill: file descriptor 3 of the shell is a pipe from that process, which also
 * carries the signals of `stop()`.
 */
const GUARD = `
"$@" &
server=$!
trap 'kill -INT $server; wait $server' TERM
(while read -r signal; do kill -"$signal" $server; done; kill -INT $server) <&3 &
watcher=$!
wait $server
kill $watcher 2>/dev/null
exit 0
`;

/** One PostgreSQL server with its data folder; see index.d.ts. */
exports.PostgresServer = class PostgresServer {
  #binaries;
  #settings;
  #password;
  #logFile;
  #account = serverAccount();
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #guard;
  /** @type {Promise<void>} */
  #exited = Promise.resolve();
  #errors = '';

  /** @param {import('./index').PostgresServerOptions} options */
  constructor(options) {
    this.dataDirectory = options.dataDirectory;
    this.port = options.port;
    this.#binaries = options.binaries;
    this.#password = options.password;
    this.#logFile = options.logFile;
    this.#settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      ...options.settings,
    };
  }

  get isRunning() {
    return this.#guard !== undefined;
  }

  /** Resolves when the server has ended, for whatever reason. */
  get exited() {
    return this.#exited;
  }

  /** Pid of the server; undefined while it is not running. */
  get pid() {
    return this.isRunning ? this.#readPid() : undefined;
  }

  /** The required owner of the files in the data folder; undefined for this process's own user. */
  get account() {
    return this.#account;
  }

  /** @param {string} [database] */
  connectionString(database = 'postgres') {
    const user =
      this.#password === undefined ? 'postgres' : `postgres:${this.#password}`;
    return `postgres://${user}@127.0.0.1:${this.port}/${database}`;
  }

  /** Creates an empty data folder; deletes an existing one. */
  async initialise() {
    rmSync(this.dataDirectory, { recursive: true, force: true });
    mkdirSync(this.dataDirectory, { recursive: true, mode: 0o700 });
    this.#own(this.dataDirectory);
    // Temporary, under a name that nobody uses: callers keep files beside the folder.
    const passwordFile = `${this.dataDirectory}.initdb-${process.pid}`;
    const withPassword = this.#password !== undefined;
    if (withPassword) {
      writeFileSync(passwordFile, `${this.#password}\n`, { mode: 0o600 });
      this.#own(passwordFile);
    }
    const { uid, gid } = this.#account ?? {};
    try {
      await promisify(execFile)(
        this.#binaries.initdb,
        [
          `--pgdata=${this.dataDirectory}`,
          '--username=postgres',
          '--encoding=UTF8',
          '--locale=C',
          '--no-sync',
          ...(withPassword
            ? ['--auth=scram-sha-256', `--pwfile=${passwordFile}`]
            : ['--auth=trust']),
        ],
        { uid, gid, env: { ...process.env, LC_ALL: 'C.UTF-8' } },
      );
    } catch (error) {
      throw this.#explain(
        `PostgreSQL could not create a data folder in ${this.dataDirectory}`,
        String(/** @type {any} */ (error).stderr ?? error),
      );
    } finally {
      rmSync(passwordFile, { force: true });
    }
  }

  /** Starts the server on its data and waits until it accepts connections. */
  async start() {
    await this.#endOrphan();
    const output = this.#openLog();
    const flags = Object.entries(this.#settings).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ]);
    const guard = spawn(
      '/bin/sh',
      [
        ...['-c', GUARD, 'postgres-guard', this.#binaries.postgres],
        ...['-D', this.dataDirectory, '-p', String(this.port), ...flags],
      ],
      {
        ...this.#account,
        // Ctrl-C in the terminal reaches only the parent, which then stops the
        // server.
        detached: true,
        env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
        stdio: [
          'ignore',
          output,
          output === 'ignore' ? 'pipe' : output,
          'pipe',
        ],
      },
    );
    if (typeof output === 'number') closeSync(output);
    this.#errors = '';
    guard.stderr?.on('data', chunk => {
      this.#errors = (this.#errors + chunk).slice(-4000);
    });
    // The pipe breaks if the server ends before it gets a signal.
    guard.stdio[3]?.on('error', () => {});
    this.#guard = guard;
    this.#exited = new Promise(resolve => {
      const ended = () => {
        if (this.#guard === guard) this.#guard = undefined;
        resolve();
      };
      guard.once('error', ended);
      guard.once('exit', ended);
    });
    await this.#waitUntilReady();
  }

  /**
   * Stops the server and keeps its data. `immediate` stops it like a crash:
   * without a checkpoint, and with recovery at the next start.
   *
   * @param {'fast' | 'immediate'} [mode]
   */
  async stop(mode = 'fast') {
    const guard = this.#guard;
    if (!guard) return;
    const control = /** @type {import('node:stream').Writable} */ (
      guard.stdio[3]
    );
    control.write(mode === 'fast' ? 'INT\n' : 'QUIT\n');
    const timeout = sleep(STOP_TIMEOUT_MS, 'timeout', { ref: false });
    if ((await Promise.race([this.#exited, timeout])) === 'timeout') {
      process.kill(-(/** @type {number} */ (guard.pid)), 'SIGKILL');
    }
    await this.#exited;
  }

  /** Stops a server of this data folder that outlived its parent and its guard. */
  async #endOrphan() {
    const pid = this.#readPid();
    if (!pid) return;
    const runs = () =>
      ps(['-o', 'args=', '-p', String(pid)]).includes(this.dataDirectory);
    for (const [signal, waitMs] of /** @type {const} */ ([
      ['SIGINT', STOP_TIMEOUT_MS],
      ['SIGKILL', 2_000],
    ])) {
      if (!runs()) break;
      process.kill(pid, signal);
      const deadline = Date.now() + waitMs;
      while (runs() && Date.now() < deadline) await sleep(50);
    }
    rmSync(join(this.dataDirectory, 'postmaster.pid'), { force: true });
  }

  #readPid() {
    const file = join(this.dataDirectory, 'postmaster.pid');
    return existsSync(file)
      ? Number(readFileSync(file, 'utf8').split('\n')[0]) || undefined
      : undefined;
  }

  #openLog() {
    if (!this.#logFile) return /** @type {const} */ ('ignore');
    mkdirSync(dirname(this.#logFile), { recursive: true });
    return openSync(this.#logFile, 'a');
  }

  async #waitUntilReady() {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (this.isRunning && Date.now() < deadline) {
      if (await this.#accepts()) return;
      await sleep(50);
    }
    await this.stop('immediate');
    throw this.#explain(
      `PostgreSQL did not start on port ${this.port}`,
      this.#logFile ? `its log is ${this.#logFile}` : this.#errors,
    );
  }

  async #accepts() {
    // Loaded here, because the local portal imports this file before it
    // installs anything.
    const { Client } = require('pg');
    const client = new Client({
      connectionString: this.connectionString(),
      connectionTimeoutMillis: 1_500,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** @param {string} path */
  #own(path) {
    if (this.#account) {
      chownSync(path, this.#account.uid, this.#account.gid);
    }
  }

  /**
   * @param {string} what
   * @param {string} output
   */
  #explain(what, output) {
    const why = /permission denied|EACCES/i.test(output)
      ? `When started as root, it runs as the user 'postgres', who must be able to enter every folder above ${this.dataDirectory}: use a folder such as /opt or /tmp, or run as another user.`
      : output.trim();
    return new Error(`${what}: ${why}`);
  }
};
