import { randomUUID } from 'node:crypto';
import type {
  ScalingActivity,
  ScalingCauseKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Journal } from '../journal/Journal';
import type { ScalingDecision } from './types';

/** Why capacity changes. */
export interface ScalingCause {
  kind: ScalingCauseKind;
  cause: string;
  /** Present if a policy decided. */
  decision?: ScalingDecision;
}

/**
 * Writes the scaling activities of one group to the journal, first when they
 * begin and again when they end.
 */
export class ActivityLog {
  readonly #service: string;
  readonly #journal: Journal;
  readonly #open = new Map<string, ScalingActivity>();

  constructor(service: string, journal: Journal) {
    this.#service = service;
    this.#journal = journal;
  }

  begin(options: {
    kind: 'launch' | 'terminate';
    cause: ScalingCause;
    instanceId?: string;
    zone?: string;
    fromCapacity: number;
    toCapacity: number;
  }): string {
    const { kind, cause, instanceId, zone } = options;
    const decision = cause.decision;
    const activity: ScalingActivity = {
      activityId: randomUUID(),
      kind,
      status: 'in-progress',
      startedAt: new Date().toISOString(),
      causeKind: cause.kind,
      cause: cause.cause,
      description: `${
        kind === 'launch' ? 'Launching' : 'Terminating'
      } local instance${instanceId ? ` ${instanceId}` : ''}${
        zone ? ` in ${zone}` : ''
      }`,
      fromCapacity: options.fromCapacity,
      toCapacity: options.toCapacity,
      ...(instanceId && { instanceIds: [instanceId] }),
      ...(decision && {
        policyName: decision.policyName,
        metricValue: decision.metricValue,
        threshold: decision.threshold,
        comparison: decision.comparison,
        unit: decision.unit,
      }),
    };
    this.#open.set(activity.activityId, activity);
    this.#write({ ...activity });
    return activity.activityId;
  }

  /** The instance of a launch is known only after the launch began. */
  launched(activityId: string, instanceId: string) {
    const activity = this.#open.get(activityId);
    if (!activity) return;
    activity.instanceIds = [instanceId];
    activity.description = activity.description?.replace(
      'local instance',
      `local instance ${instanceId}`,
    );
    this.#write({ ...activity });
  }

  end(
    activityId: string,
    status: 'successful' | 'failed' | 'cancelled',
    message?: string,
  ) {
    const activity = this.#open.get(activityId);
    if (!activity) return;
    this.#open.delete(activityId);
    this.#write({
      ...activity,
      status,
      endedAt: new Date().toISOString(),
      ...(message && { message }),
    });
  }

  #write(activity: ScalingActivity) {
    this.#journal.append({
      kind: 'activity',
      service: this.#service,
      activity,
    });
  }
}
