/** A running process of a service. */
export interface InstanceProcess {
  instanceId: string;
  zone: string;
  port: number;
  pid: number;
  launchedAtMs: number;
  /** Resolves with a description when the process has ended, for whatever reason. */
  exited: Promise<string>;
  hasExited(): boolean;
  /** SIGTERM, then SIGKILL after the timeout. */
  terminate(graceMs: number): Promise<void>;
  /** SIGKILL, like a machine that loses power. */
  kill(): void;
}

/** Starts instances of one service. */
export interface InstanceLauncher {
  launch(zone: string): Promise<InstanceProcess>;
}
