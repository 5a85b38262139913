/** A running process of a service. */
export interface InstanceProcess {
  instanceId: string;
  zone: string;
  port: number;
  pid: number;
  launchedAtMs: number;
  /** Resolves with a description when the process has ended, however that came about. */
  exited: Promise<string>;
  hasExited(): boolean;
  /** SIGTERM, then SIGKILL after the time. */
  terminate(graceMs: number): Promise<void>;
  /** SIGKILL, as a machine that loses power. */
  kill(): void;
}

/** Starts instances of one service. */
export interface InstanceLauncher {
  launch(zone: string): Promise<InstanceProcess>;
}
