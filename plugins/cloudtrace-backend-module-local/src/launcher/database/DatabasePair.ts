import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPostgresBinaries } from '@internal/dev-servers';
import {
  wordTexts,
  type CodedMessage,
  type DatabaseEvent,
} from '@cloudtrace/plugin-cloudtrace-common';
import type {
  LocalDatabaseServer,
  LocalDatabaseState,
} from '../../protocol/types';
import type { Journal } from '../journal/Journal';
import type { PortAllocator } from '../ports/PortAllocator';
import { copyDataDirectory } from './copyDataDirectory';
import { DatabaseEndpoint } from './DatabaseEndpoint';
import { readOrMakePassword } from './readOrMakePassword';
import { DatabaseServer } from './DatabaseServer';

const MONITOR_INTERVAL_MS = 1_000;
/** One failed check may be a busy machine; three consecutive ones are a failure. */
const FAILURES_BEFORE_FAILOVER = 3;

/**
 * A PostgreSQL primary and its streaming standby in two zones, behind one
 * endpoint, with automatic failover.
 *
 * @remarks A managed database on a small scale: streaming replication,
 * promotion of the standby, and a new standby from a base backup. The
 * replication is asynchronous, so a failure can lose a write of the last
 * milliseconds. If only one zone is running, there is no standby.
 */
export class DatabasePair {
  readonly #directory: string;
  readonly #journal: Journal;
  readonly #log: (message: string) => void;
  readonly #endpoint: DatabaseEndpoint;
  readonly #servers: DatabaseServer[];
  readonly #states = new Map<string, LocalDatabaseServer['state']>();
  readonly #zoneIsRunning: (zone: string) => boolean;
  #primary: DatabaseServer;
  #failures = 0;
  #busy = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #standbyWork: Promise<void> = Promise.resolve();
  #failoverReason: { cause: CodedMessage; planned: boolean } | undefined;

  private constructor(options: {
    directory: string;
    journal: Journal;
    log: (message: string) => void;
    endpoint: DatabaseEndpoint;
    servers: DatabaseServer[];
    zoneIsRunning: (zone: string) => boolean;
  }) {
    this.#directory = options.directory;
    this.#journal = options.journal;
    this.#log = options.log;
    this.#endpoint = options.endpoint;
    this.#servers = options.servers;
    this.#zoneIsRunning = options.zoneIsRunning;
    for (const server of this.#servers) {
      this.#states.set(server.name, 'stopped');
    }
    const remembered = this.#rememberedPrimary();
    this.#primary =
      this.#servers.find(
        server => server.name === remembered && server.content === 'primary',
      ) ??
      this.#servers.find(server => server.content === 'primary') ??
      this.#servers[0];
  }

  static async create(options: {
    directory: string;
    zones: [string, string];
    ports: PortAllocator;
    journal: Journal;
    log: (message: string) => void;
    zoneIsRunning: (zone: string) => boolean;
  }): Promise<DatabasePair> {
    const { directory, ports } = options;
    const binaries = findPostgresBinaries();
    if (!binaries) {
      throw new Error(
        'No embedded PostgreSQL for this platform. Run "npm run dev" once to install it, or start with --no-fleet',
      );
    }
    mkdirSync(directory, { recursive: true });
    // If this process is root, PostgreSQL runs as another user, which needs
    // access to its data.
    chmodSync(directory, 0o711);
    const password = readOrMakePassword(join(directory, 'password'));
    const endpoint = new DatabaseEndpoint(await ports.next());
    const servers: DatabaseServer[] = [];
    for (const zone of options.zones) {
      servers.push(
        new DatabaseServer({
          name: `database-${zone}`,
          zone,
          port: await ports.next(),
          dataDirectory: join(directory, zone),
          password,
          binaries,
          logFile: join(directory, `${zone}.log`),
        }),
      );
    }
    return new DatabasePair({ ...options, endpoint, servers });
  }

  /** Starts the primary; the standby follows in the background. */
  async start(): Promise<void> {
    if (this.#primary.content !== 'primary') {
      this.#setState(this.#primary, 'starting');
      await this.#primary.initialise();
    }
    this.#setState(this.#primary, 'starting');
    await this.#primary.start();
    this.#setState(this.#primary, 'running');
    this.#rememberPrimary();
    this.#endpoint.switchTo(this.#primary.port);
    await this.#endpoint.listen();
    this.#ensureStandby();
    this.#timer = setInterval(() => this.#monitor(), MONITOR_INTERVAL_MS);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#endpoint.close().catch(() => {});
    await Promise.race([
      this.#standbyWork,
      sleep(3_000, undefined, { ref: false }),
    ]);
    // Stops the standby first, so that the primary does not wait for its receiver.
    for (const server of this.#servers) {
      if (server !== this.#primary) await server.stop();
    }
    await this.#primary.stop();
  }

  describe(): LocalDatabaseState {
    return {
      endpointPort: this.#endpoint.port,
      servers: this.#servers.map(server => ({
        name: server.name,
        zone: server.zone,
        role: server === this.#primary ? 'primary' : 'standby',
        state: this.#states.get(server.name) ?? 'stopped',
        port: server.port,
        pid: server.pid,
      })),
    };
  }

  /** Creates a service's database if it is missing, and returns its address. */
  async ensureDatabase(name: string): Promise<string> {
    const found = await this.#primary.query(
      `SELECT 1 FROM pg_database WHERE datname = '${name}'`,
    );
    if (!found.length) {
      await this.#primary.query(`CREATE DATABASE "${name}"`);
    }
    return this.#primary.connectionString(name, this.#endpoint.port);
  }

  /** Replication lag in bytes; undefined if no standby streams. */
  async replicationLagBytes(): Promise<number | undefined> {
    try {
      const [row] = await this.#primary.query<{ lag: string | null }>(
        `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) AS lag
         FROM pg_stat_replication WHERE state = 'streaming'`,
        { timeoutMs: 1_000 },
      );
      return row?.lag === undefined || row.lag === null
        ? undefined
        : Number(row.lag);
    } catch {
      return undefined;
    }
  }

  /** Whether a failover could succeed now. */
  get standbyReady(): boolean {
    const standby = this.#standby;
    return this.#states.get(standby.name) === 'running' && standby.running;
  }

  /**
   * Fails the primary without warning. The monitor notices it and promotes the
   * standby, as after a real failure.
   */
  async failPrimary(cause: CodedMessage): Promise<void> {
    this.#failoverReason = { cause, planned: false };
    await this.#primary.crash();
  }

  /** The zone's machines lose power. */
  async stopZone(zone: string): Promise<void> {
    for (const server of this.#servers) {
      if (server.zone !== zone || !server.running) continue;
      if (server === this.#primary) {
        await this.failPrimary({ code: 'local-reason-zone', values: { zone } });
      } else {
        await server.crash();
        this.#setState(server, 'stopped');
        this.#event('other', {
          code: 'local-standby-stopped',
          values: { zone },
        });
      }
    }
  }

  /** The zone is back: its server may run again. */
  startZone(): void {
    if (this.#primary.running) this.#ensureStandby();
  }

  get #standby(): DatabaseServer {
    return this.#servers.find(server => server !== this.#primary)!;
  }

  async #monitor() {
    if (this.#busy || this.#closed) return;
    this.#busy = true;
    try {
      await this.#primary.query('SELECT 1', { timeoutMs: 900 });
      if (this.#failures > 0) {
        this.#event('available', {
          code: 'local-primary-responds',
          values: { zone: this.#primary.zone },
        });
      }
      this.#failures = 0;
    } catch {
      this.#failures += 1;
      if (this.#failures === 1) {
        this.#event('unavailable', {
          code: 'local-primary-silent',
          values: { zone: this.#primary.zone },
        });
      }
      if (this.#failures >= FAILURES_BEFORE_FAILOVER && !this.#closed) {
        await this.#failOver().catch(error =>
          this.#log(`The database failover failed: ${error.message}`),
        );
      }
    } finally {
      this.#busy = false;
    }
  }

  async #failOver() {
    const failed = this.#primary;
    const standby = this.#standby;
    const { cause, planned } = this.#failoverReason ?? {
      cause: { code: 'local-reason-silent', values: {} },
      planned: false,
    };
    if (!this.standbyReady) {
      await this.#restartPrimary(failed, cause);
      return;
    }
    this.#failoverReason = undefined;
    const zones = { fromZone: failed.zone, toZone: standby.zone };
    this.#event(
      'failover-started',
      {
        code: 'local-failover-started',
        values: { from: failed.zone, to: standby.zone, reason: cause },
      },
      { ...zones, planned },
    );
    this.#endpoint.switchTo(undefined);
    await failed.crash();
    this.#setState(failed, 'stopped');
    await standby.query('SELECT pg_promote(true, 20)', { timeoutMs: 25_000 });
    this.#primary = standby;
    this.#rememberPrimary();
    this.#endpoint.switchTo(standby.port);
    this.#failures = 0;
    this.#event(
      'failover-completed',
      { code: 'local-failover-completed', values: { zone: standby.zone } },
      { ...zones, planned },
    );
    this.#ensureStandby();
  }

  /** Without a standby, only the same server can take over again. */
  async #restartPrimary(failed: DatabaseServer, reason: CodedMessage) {
    if (!this.#zoneIsRunning(failed.zone)) {
      this.#setState(failed, 'stopped');
      return;
    }
    this.#failoverReason = undefined;
    this.#event('unavailable', {
      code: 'local-primary-failed',
      values: { zone: failed.zone, reason },
    });
    await failed.crash();
    this.#setState(failed, 'starting');
    await failed.start();
    this.#setState(failed, 'running');
    this.#failures = 0;
    this.#event('restart', {
      code: 'local-primary-runs',
      values: { zone: failed.zone },
    });
    this.#ensureStandby();
  }

  #ensureStandby() {
    this.#standbyWork = this.#standbyWork
      .then(() => this.#startStandby())
      .catch(error => {
        this.#setState(this.#standby, 'failed');
        this.#log(`The standby database did not start: ${error.message}`);
      });
  }

  async #startStandby() {
    const standby = this.#standby;
    if (this.#closed || standby.running || !this.#zoneIsRunning(standby.zone)) {
      return;
    }
    this.#setState(standby, 'rebuilding');
    await this.#baseBackup(this.#primary, standby);
    if (this.#closed || !this.#zoneIsRunning(standby.zone)) return;
    await standby.start();
    this.#setState(standby, 'running');
    this.#event('other', {
      code: 'local-standby-ready',
      values: { zone: standby.zone, primary: this.#primary.zone },
    });
  }

  /**
   * A base backup with PostgreSQL's low-level API, because the embedded
   * distribution has no pg_basebackup.
   */
  async #baseBackup(from: DatabaseServer, to: DatabaseServer) {
    const client = from.client('postgres', 60_000);
    await client.connect();
    try {
      await client.query(`SELECT pg_backup_start('standby', true)`);
      await copyDataDirectory({
        from: from.dataDirectory,
        to: to.dataDirectory,
        owner: to.account,
      });
      const { rows } = await client.query<{ labelfile: string }>(
        'SELECT labelfile FROM pg_backup_stop(false)',
      );
      to.writeFile('backup_label', rows[0].labelfile);
      // In a file instead of on the command line, where every user of the
      // machine could read the password.
      to.writeFile(
        'postgresql.auto.conf',
        `primary_conninfo = 'host=127.0.0.1 port=${
          from.port
        } user=postgres password=${this.#password} application_name=${
          to.name
        }'\n`,
      );
      to.writeFile('standby.signal', '');
    } finally {
      await client.end().catch(() => {});
    }
  }

  #event(
    kind: DatabaseEvent['kind'],
    message: CodedMessage,
    more: Partial<DatabaseEvent> = {},
  ) {
    const texts = wordTexts({ message });
    this.#journal.append({
      kind: 'database',
      event: {
        eventId: randomUUID(),
        at: new Date().toISOString(),
        kind,
        ...texts,
        ...more,
      },
    });
    this.#log(texts.message);
  }

  #setState(server: DatabaseServer, state: LocalDatabaseServer['state']) {
    this.#states.set(server.name, state);
  }

  get #password(): string {
    return readOrMakePassword(join(this.#directory, 'password'));
  }

  #rememberedPrimary(): string | undefined {
    try {
      return readFileSync(join(this.#directory, 'primary'), 'utf8').trim();
    } catch {
      return undefined;
    }
  }

  #rememberPrimary() {
    writeFileSync(join(this.#directory, 'primary'), `${this.#primary.name}\n`);
  }
}
