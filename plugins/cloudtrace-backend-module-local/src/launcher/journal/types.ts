import type {
  AlarmTransition,
  DatabaseEvent,
  FleetCapacity,
  ScalingActivity,
  TargetState,
} from '@cloudtrace/plugin-cloudtrace-common';

/** The events that the journal accepts. */
export type JournalEvent =
  | { kind: 'activity'; service: string; activity: ScalingActivity }
  | {
      kind: 'target';
      service: string;
      targetId: string;
      zone: string;
      from?: TargetState;
      to: TargetState | 'removed';
      reasonCode?: string;
      reason?: string;
    }
  | { kind: 'capacity'; service: string; capacity: FleetCapacity }
  | { kind: 'alarm'; service: string; transition: AlarmTransition }
  | { kind: 'database'; event: DatabaseEvent }
  | { kind: 'operator'; service?: string; message: string };

/** An event with its position and time. */
export type JournalRecord = JournalEvent & {
  /** Grows by one with each record, also across restarts. */
  position: number;
  /** ISO 8601 in UTC. */
  at: string;
};
