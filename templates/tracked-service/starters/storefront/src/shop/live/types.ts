/** What one instance measured about itself since its last sample. */
export interface InstanceSample {
  readonly instanceId: string;
  readonly zone: string;
  readonly sampledAt: string;
  readonly cpuPercent: number;
  readonly memoryBytes: number;
  readonly requestsPerSecond: number;
  /** Null if there was no request. */
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
  readonly leaving: boolean;
}

/** Message to the dashboards. */
export interface LiveMessage {
  /** The instance at the other end of this WebSocket. */
  readonly answeredBy: string;
  readonly now: string;
  readonly samplePeriodMs: number;
  readonly activeUsers: number;
  readonly activeWindowSeconds: number;
  /** New since the last message; the first message has the history. */
  readonly samples: readonly InstanceSample[];
}
