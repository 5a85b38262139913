import {
  wordTexts,
  type CodedMessage,
  type EventSeverity,
  type ReportedEvent,
  type TimelineEvent,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { listReportedEvents } from '../events/database/listReportedEvents';
import type { TimelineScope, TimelineSource } from './types';

/** Deploys, drift, load tests and healing, as reported by pipelines. */
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
      ...wordTexts({ title: titleOf(body), detail: detailOf(body) }),
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

/** A healing step without a description has at least its reason. */
function detailOf(event: ReportedEvent): string | undefined {
  return event.kind === 'healing'
    ? event.description ?? event.reason
    : event.description;
}

function titleOf(event: ReportedEvent): CodedMessage {
  switch (event.kind) {
    case 'deploy': {
      const { version, status } = event;
      return { code: `deployed-${status}`, values: { version } };
    }
    case 'drift':
      return driftTitle(event);
    case 'load-test':
      return { code: `load-test-${event.status}`, values: {} };
    default:
      return {
        code: `healing-${event.status}`,
        values: { action: capitalize(event.action) },
      };
  }
}

const driftCodes = {
  'in-sync': 'in-sync',
  failed: 'drift-check-failed',
  drifted: 'drifted',
} as const;

function driftTitle(
  event: Extract<ReportedEvent, { kind: 'drift' }>,
): CodedMessage {
  const { stack, status, driftedResources } = event;
  const code = driftCodes[status];
  const what: CodedMessage = stack
    ? { code: `${code}-stack`, values: { stack } }
    : { code, values: {} };
  const count = status === 'drifted' && driftedResources?.length;
  return count ? { code: 'drifted-resources', values: { what, count } } : what;
}

function capitalize(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en-US') + text.slice(1);
}
