import type {
  EventSeverity,
  ReportedEvent,
  TimelineEvent,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { listReportedEvents } from '../events/database/listReportedEvents';
import type { TimelineScope, TimelineSource } from './types';

/** Deploys, drift, load tests and healing, as pipelines reported them. */
export class ReportedTimelineSource implements TimelineSource {
  readonly part = 'fleet';
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async events(scope: TimelineScope): Promise<TimelineEvent[]> {
    const rows = await listReportedEvents(this.#knex, scope);
    return rows.map(({ body, at, ended_at: endedAt }) => ({
      id: `${body.kind}:${body.id}`,
      at: at.toISOString(),
      endedAt: endedAt?.toISOString(),
      kind: body.kind,
      severity: severities[body.status] ?? 'info',
      title: titleOf(body),
      detail: body.description,
      subject: subjectOf(body),
      url: body.url,
    }));
  }
}

const severities: Record<string, EventSeverity> = {
  succeeded: 'success',
  passed: 'success',
  'in-sync': 'success',
  failed: 'critical',
  'rolled-back': 'warning',
  drifted: 'warning',
  aborted: 'warning',
};

function subjectOf(event: ReportedEvent): string | undefined {
  switch (event.kind) {
    case 'deploy':
      return event.version;
    case 'drift':
      return event.stack;
    case 'healing':
      return event.instanceId;
    default:
      return event.tool;
  }
}

function titleOf(event: ReportedEvent): string {
  switch (event.kind) {
    case 'deploy':
      return `Deploy of ${event.version} ${event.status.replace('-', ' ')}`;
    case 'drift': {
      const stack = event.stack ? ` of ${event.stack}` : '';
      if (event.status === 'in-sync') {
        return `The infrastructure${stack} is in sync`;
      }
      if (event.status === 'failed') return `The drift check${stack} failed`;
      const count = event.driftedResources?.length;
      return `The infrastructure${stack} has drifted${
        count ? ` (${count} ${count === 1 ? 'resource' : 'resources'})` : ''
      }`;
    }
    case 'load-test':
      return `Load test ${event.status}`;
    default:
      return `${capitalize(event.action)} ${event.status}`;
  }
}

function capitalize(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en-US') + text.slice(1);
}
