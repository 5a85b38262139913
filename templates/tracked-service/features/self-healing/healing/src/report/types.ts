/** One step of healing, for people. */
export interface HealingReport {
  /** The same for a retry, so that the portal stores it once. */
  readonly id: string;
  readonly status: 'succeeded' | 'failed';
  /** What was done, as a command: `replace instance i-0123`. */
  readonly action: string;
  readonly reason: string;
  readonly detectedAt: Date;
  readonly endedAt: Date;
  readonly instanceId?: string;
  readonly declared?: string;
  readonly found?: string;
  readonly actor: string;
}

/** A place that receives every report. */
export interface ReportChannel {
  readonly name: string;
  send(report: HealingReport): Promise<void>;
}
